namespace CudaNoisy.Training;

/// <summary>A run's record could not be written or read: one line that names the file and says why. What was on disk before is untouched.</summary>
public sealed class RecordException : IOException
{
    private const int ReadOnly = 30;
    private const int WindowsWriteProtected = unchecked((int)0x80070013);
    private const int LinuxNoSpace = 28;
    private const int LinuxQuotaExceeded = 122;
    private const int MacQuotaExceeded = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>An error about one file.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="reason">Why, without the path.</param>
    /// <param name="inner">The cause, if another exception.</param>
    public RecordException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner) => FilePath = path;

    /// <summary>The file or folder.</summary>
    public string FilePath { get; }

    /// <summary>Whether an exception is one that the file system raises.</summary>
    internal static bool IsFileError(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Names the file and the usual causes: a full disk, a folder that may not be written, one that is gone.</summary>
    internal static RecordException From(string path, string action, Exception cause) => cause switch
    {
        RecordException already => already,
        UnauthorizedAccessException => new(path, $"{action} failed: no permission (is the folder read-only?)", cause),
        DirectoryNotFoundException => new(path, $"{action} failed: the folder does not exist", cause),
        IOException { HResult: LinuxNoSpace or LinuxQuotaExceeded or MacQuotaExceeded or WindowsDiskFull } => new(path, $"{action} failed: the disk is full", cause),
        IOException { HResult: ReadOnly or WindowsWriteProtected } => new(path, $"{action} failed: the file system is read-only", cause),
        _ => new(path, $"{action} failed: {cause.Message}", cause),
    };
}
