using System.IO.Compression;
using System.Text;

namespace CudaNoisy.Tests.Formats;

/// <summary>Writes checkpoints of one tensor 'w' for the tests, right ones and wrong ones.</summary>
internal sealed class TorchBuilder
{
    public string Storage { get; init; } = "FloatStorage";

    /// <summary>Elements that the persistent id claims.</summary>
    public long Claim { get; init; } = 6;

    /// <summary>Elements that the older format's list claims.</summary>
    public long Listed { get; init; } = 6;

    public string Size { get; init; } = "I2\nI3\n";

    public string Stride { get; init; } = "I3\nI1\n";

    public int Offset { get; init; }

    /// <summary>Further entries of the dictionary.</summary>
    public string More { get; init; } = "";

    /// <summary>The older format's storage keys.</summary>
    public string Keys { get; init; } = "S'0'\na";

    public byte[] Data { get; init; } = [.. new float[] { 0, 1, 2, 3, 4, 5 }.SelectMany(BitConverter.GetBytes)];

    public static string Tensor(string storage, string key, long claim, int offset, string size, string stride) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\n{storage}\nS'{key}'\nS'cpu'\nL{claim}L\ntQI{offset}\n({size}t({stride}tI00\nccollections\nOrderedDict\n)RtR";

    /// <summary>The older format's magic number, protocol and machine.</summary>
    public static byte[] LegacyHeader { get; } = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.', .. "I1001\n."u8, .. "}."u8];

    public byte[] Legacy() =>
    [
        .. LegacyHeader, .. Encoding.Latin1.GetBytes(Pickle()), .. Encoding.Latin1.GetBytes($"]{Keys}."), .. BitConverter.GetBytes(Listed), .. Data,
    ];

    public byte[] Zip(CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", Encoding.Latin1.GetBytes(Pickle()));
            Add("archive/data/0", Data);

            void Add(string name, byte[] bytes)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private string Pickle() => $"}}S'w'\n{Tensor(Storage, "0", Claim, Offset, Size, Stride)}s{More}.";
}
