namespace CudaNoisy.Training;

/// <summary>A record that grows line by line. Each write reaches the operating system at once, so that a killed run loses nothing it wrote; a resumed run cuts the
/// file back to where its checkpoint was made and writes the rest again.</summary>
public sealed class AppendLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens a record, cut back to a length.</summary>
    /// <param name="path">The file; made when it is missing.</param>
    /// <param name="keep">Bytes of it to keep.</param>
    /// <exception cref="RecordException">The file cannot be written.</exception>
    internal AppendLog(string path, long keep)
    {
        FilePath = path;
        try
        {
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            if (_stream.Length > keep)
                _stream.SetLength(keep);
            _stream.Seek(0, SeekOrigin.End);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            _stream?.Dispose();
            throw RecordException.From(path, "opening", cause);
        }
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Bytes written.</summary>
    public long Length => _stream.Position;

    /// <summary>Appends bytes.</summary>
    /// <exception cref="RecordException">The disk is full or the file is gone.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(FilePath, "writing", cause);
        }
    }

    /// <summary>Appends a line of text, UTF-8, ended by a line feed.</summary>
    /// <exception cref="RecordException">The disk is full or the file is gone.</exception>
    public void WriteLine(string line) => Write(AtomicFile.Utf8.GetBytes(line + "\n"));

    /// <summary>Waits until everything is on the disk itself.</summary>
    /// <exception cref="RecordException">The disk is full or the file is gone.</exception>
    public void FlushToDisk()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(FilePath, "writing", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
