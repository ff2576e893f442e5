using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A file is not a whole picture of a format that is read. <c>--unreadable skip</c> leaves such files out.</summary>
public sealed class UnreadableImageException(string path, string reason, Exception? inner = null)
    : InputException($"{path}: a whole picture (JPEG, PNG, WebP, GIF or TIFF) expected, but: {reason}", inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
