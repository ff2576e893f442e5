using System.IO.Compression;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Reads whole files of a known size, plain or gzip, with errors that name them.</summary>
internal static class BoundedFile
{
    /// <summary>Reads a file that must not be longer than <paramref name="limit"/> once unpacked.</summary>
    public static byte[] Read(string path, long limit)
    {
        FileStream? file = null;
        try
        {
            file = File.OpenRead(path);
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                return ReadPlain(file, path, limit);
            using var unzip = new GZipStream(file, CompressionMode.Decompress);
            using var bounded = new BoundedStream(unzip, limit, path);
            using var memory = new MemoryStream();
            bounded.CopyTo(memory);
            return memory.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException(
                file is null ? File.Exists(path) ? $"{path}: a readable file expected, but: {e.Message.Split('\n')[0]}" : $"{path}: file not found"
                    : $"{path}: a whole file expected, but near byte {file.Position}: {e.Message.Split('\n')[0]}", e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Opens a text file.</summary>
    public static StreamReader OpenText(string path)
    {
        try
        {
            return File.OpenText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(File.Exists(path) ? $"{path}: a readable file expected, but: {e.Message.Split('\n')[0]}" : $"{path}: file not found", e);
        }
    }

    private static byte[] ReadPlain(FileStream file, string path, long limit)
    {
        if (file.Length > limit)
            throw new InputException($"{path}: at most {limit} bytes expected, {file.Length} came");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
