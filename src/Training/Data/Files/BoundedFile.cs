using System.IO.Compression;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Reads whole files of a known size, plain or gzip, with errors that name them.</summary>
internal static class BoundedFile
{
    /// <summary>Reads a file that must not be longer than <paramref name="limit"/> once unpacked.</summary>
    public static byte[] Read(string path, long limit)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var memory = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if (memory.Length + read > limit)
                    throw new InputException($"{path}: at most {limit} bytes expected, more came");
                memory.Write(buffer, 0, read);
            }

            return memory.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException(File.Exists(path) ? $"{path}: a readable file expected, but: {e.Message.Split('\n')[0]}" : $"{path}: file not found", e);
        }
    }
}
