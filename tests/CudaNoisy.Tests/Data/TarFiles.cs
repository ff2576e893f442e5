using System.Formats.Tar;
using System.IO.Compression;

namespace CudaNoisy.Tests.Data;

/// <summary>Files of a .tar.gz.</summary>
internal static class TarFiles
{
    /// <summary>The first so many files, by name.</summary>
    public static List<(string Name, byte[] Bytes)> Read(string archive, int most)
    {
        using var reader = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        var files = new List<(string, byte[])>();
        while (files.Count < most && reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using var memory = new MemoryStream();
            entry.DataStream.CopyTo(memory);
            files.Add((entry.Name, memory.ToArray()));
        }

        return files;
    }
}
