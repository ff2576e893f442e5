using System.Text;

namespace CudaNoisy.Training;

/// <summary>Writes whole files: first under a temporary name in the same folder, flushed to the disk, then renamed. A reader, a crash or a kill sees the old
/// file or the new one, never a part.</summary>
public static class AtomicFile
{
    /// <summary>What a file is called until it is whole.</summary>
    internal const string TemporarySuffix = ".tmp";

    private const int BufferSize = 1 << 16;

    /// <summary>UTF-8 without a byte-order mark.</summary>
    internal static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file through a stream that can seek.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Writes the contents; if it throws, nothing changes on disk.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, keepAs: null);

    /// <summary>Writes a text file, UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="text">The contents.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, Utf8.GetBytes(text));

    /// <summary>Writes bytes to a temporary file beside the target, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public static void WriteBytes(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>Writes a text file line by line, UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Writes the contents; if it throws, nothing changes on disk.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public static void WriteLines(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, Utf8, BufferSize, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, and the file that is replaced stays under another name.</summary>
    internal static void Write(string path, Action<Stream> write, string? keepAs)
    {
        var temporary = path + TemporarySuffix;
        var whole = false;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferSize))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (keepAs is not null && File.Exists(path))
                File.Move(path, keepAs, overwrite: true);
            File.Move(temporary, path, overwrite: true);
            whole = true;
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(path, "writing", cause);
        }
        finally
        {
            if (!whole)
                TryDelete(temporary);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            // The error that brought us here says more; the next write replaces the leftover.
        }
    }
}
