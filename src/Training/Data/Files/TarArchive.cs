using System.Formats.Tar;
using System.IO.Compression;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Reads some files of a .tar.gz without unpacking it: entries pass by, the ones asked for are kept.</summary>
internal static class TarArchive
{
    /// <summary>More than any data set's archive; one that unpacks to more is stopped there.</summary>
    private const long MaxUnpacked = 4L << 30;

    /// <summary>Reads files by name, folders left aside.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">File names.</param>
    /// <param name="limit">The most bytes of one file.</param>
    /// <returns>The files that are there, by name.</returns>
    /// <exception cref="InputException">The archive cannot be read, is damaged, or a file is too large.</exception>
    public static Dictionary<string, byte[]> Read(string path, IReadOnlyCollection<string> wanted, long limit)
    {
        var files = new Dictionary<string, byte[]>();
        FileStream? file = null;
        try
        {
            file = File.OpenRead(path);
            using var unzip = new GZipStream(file, CompressionMode.Decompress);
            using var bounded = new BoundedStream(unzip, MaxUnpacked, path);
            using var reader = new TarReader(bounded);
            while (files.Count < wanted.Count && reader.GetNextEntry() is { } entry)
            {
                var name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
                if (entry.DataStream is null || !wanted.Contains(name))
                    continue;
                if (entry.Length > limit)
                    throw new InputException($"{path}({entry.Name}): at most {limit} bytes expected, {entry.Length} came");
                var bytes = new byte[entry.Length];
                entry.DataStream.ReadExactly(bytes);
                files[name] = bytes;
            }

            // To the end: only there does gzip's checksum tell whether a bit was flipped.
            bounded.CopyTo(Stream.Null);
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InputException($"{path}: a whole .tar.gz archive expected, but near byte {Position(file)}: {e.Message.Split('\n')[0]}", e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static long Position(FileStream? file) => file is { CanRead: true } ? file.Position : 0;
}
