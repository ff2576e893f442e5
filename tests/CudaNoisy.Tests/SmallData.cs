using System.Buffers.Binary;
using System.IO.Compression;
using CudaNoisy.Training;

namespace CudaNoisy.Tests;

/// <summary>A small data set: the first images of the sample that ships, as IDX files of their own.</summary>
public static class SmallData
{
    public const int Train = 300;
    public const int Test = 100;

    /// <summary>Writes it into a folder; returns the options that name it.</summary>
    public static string[] Write(string folder)
    {
        foreach (var (part, count) in new[] { ("train", Train), ("t10k", Test) })
        {
            Cut(folder, part + "-images-idx3-ubyte", 16, 28 * 28, count);
            Cut(folder, part + "-labels-idx1-ubyte", 8, 1, count);
        }

        return ["--data", "fashion-mnist", "--data_root", folder];
    }

    /// <summary>The same for the library.</summary>
    public static DataOptions Options(string[] written) =>
        DataOptions.From(new SettingsReader(new Dictionary<string, string> { [written[0].TrimStart('-')] = written[1], [written[2].TrimStart('-')] = written[3] }), "simclr");

    private static void Cut(string folder, string name, int header, int item, int count)
    {
        using var packed = File.OpenRead(Path.Combine(SharedFiles.Repository, "data", "fashion-mnist-sample", name + ".gz"));
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        var bytes = new byte[header + (item * count)];
        stream.ReadExactly(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), count);
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }
}
