using System.Diagnostics;
using System.IO.Compression;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>Random damage to real data files: every reader gives a result or a typed error of one line that names the file, in bounded time and memory.</summary>
public sealed class DataMutations : IDisposable
{
    private const int SecondsEach = 10;
    private const long MostBytes = 1L << 30;
    private const int ClothingLines = 200;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    /// <summary>The files that are damaged, by reader.</summary>
    public static IReadOnlyList<string> Cases { get; } =
        ["cifar-binary", "cifar-python", "cifar-archive", "imagenet32-pickle", "imagenet32-npz", "cifar-n", "fashion-idx", "jpeg", "manifest", "clothing-list", "noisy-npy"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> All => [.. Cases];

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void AResultOrATypedError(string name)
    {
        var (results, errors) = Run(name, 40, seed: 1);
        Assert.Equal(40, results + errors);
        Assert.True(errors > 0, "no damage was noticed");
    }

    /// <summary>Damages a case's file so many times.</summary>
    /// <returns>How often there was a result, and how often an error.</returns>
    public (int Results, int Errors) Run(string name, int count, ulong seed)
    {
        var (bytes, path, read) = Case(name);
        Write(path, bytes);
        read();
        var (results, errors) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var random = new Philox(seed, (ulong)i);
            Write(path, Damage(bytes, random));
            var start = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read();
                results++;
            }
            catch (InputException e)
            {
                errors++;
                Assert.True(e.Message.Contains(_folder, StringComparison.Ordinal) && !e.Message.Contains('\n', StringComparison.Ordinal), $"{name}, damage {i}: {e.Message}");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{name}, damage {i} of seed {seed}: {e.GetType().Name}: {e.Message}", e);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytes, $"{name}, damage {i}: {allocated} bytes");
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsEach, $"{name}, damage {i}: {Stopwatch.GetElapsedTime(start)}");
        }

        return (results, errors);
    }

    private (byte[] Bytes, string Path, Action Read) Case(string name) => name switch
    {
        "cifar-binary" => Cifar("data_batch_1.bin", Records(20), new CifarBinary("", "", [""], "", labelBytes: 1)),
        "cifar-python" => Cifar("data_batch_1", CifarFiles.Pickle(0, 10, "labels", 10), new CifarPython("", "", [""], "", "labels")),
        "cifar-archive" => Archive(),
        "imagenet32-pickle" => ImageNet("train_data_batch_1", "train_data_batch_1"),
        "imagenet32-npz" => ImageNet("train_data_batch_1.npz", "train_data_batch_1.npz"),
        "cifar-n" => CifarN(),
        "fashion-idx" => Fashion(),
        "jpeg" => Jpeg(),
        "manifest" => Manifest(),
        "clothing-list" => Clothing(),
        _ => Npy(),
    };

    private (byte[], string, Action) Cifar(string file, byte[] bytes, CifarFormat format)
    {
        var path = Path.Combine(_folder, file);
        return (bytes, path, () => format.Parse(File.ReadAllBytes(path), path, 10));
    }

    private (byte[], string, Action) Archive()
    {
        var path = Path.Combine(_folder, "cifar-10-binary.tar.gz");
        var train = Records(20);
        var files = Enumerable.Range(1, 5).ToDictionary(b => $"data_batch_{b}.bin", _ => train);
        files["test_batch.bin"] = train;
        CifarFiles.Pack(path, "cifar-10-batches-bin", files);
        return (File.ReadAllBytes(path), path, () => PictureFolder.Load("data", "cifar10", "data_root", _folder));
    }

    private (byte[], string, Action) ImageNet(string file, string to)
    {
        File.Copy(SharedFiles.Require("data", "imagenet32_sample", "val_data"), Path.Combine(_folder, "val_data"), overwrite: true);
        var bytes = File.ReadAllBytes(SharedFiles.Require("data", "imagenet32_sample", file));
        return (bytes, Path.Combine(_folder, to), () => PictureFolder.Load("data", "imagenet32", "data_root", _folder));
    }

    private (byte[], string, Action) CifarN()
    {
        var shared = SharedFiles.Require("data", "cifar_n", "CIFAR-100_human.pt");
        var clean = TorchFile.Read(shared)["clean_label"].ToArray().ToInts();
        var set = new ImageSet("CIFAR-100", new MemoryPixels(new byte[clean.Length], 1, 1, 1), clean, ClassNames.Cifar100, Numbers.Of(clean.Length));
        var path = Path.Combine(_folder, "CIFAR-100_human.pt");
        return (File.ReadAllBytes(shared), path, () => NoisyLabels.Read(path, "noisy_label", set));
    }

    private (byte[], string, Action) Fashion()
    {
        var sample = Path.Combine(SharedFiles.Repository, "data/fashion-mnist-sample");
        foreach (var file in Directory.GetFiles(sample, "*.gz"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
        var path = Path.Combine(_folder, "t10k-labels-idx1-ubyte.gz");
        using var unzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        unzip.CopyTo(plain);
        return (plain.ToArray(), path[..^3], () => FashionMnist.ReadIdx(_folder, "t10k-labels-idx1-ubyte", 1));
    }

    private (byte[], string, Action) Jpeg()
    {
        var (_, bytes) = TarFiles.Read(SharedFiles.Require("data", "cifar10", "test_jpeg.tar.gz"), 1)[0];
        var path = Path.Combine(_folder, "picture.jpg");
        var transform = TransformRegistry.Create("simclr", 48);
        var pixels = new byte[48 * 48 * 3];
        return (bytes, path, () => ImageDecoder.Decode(path, transform, new Philox(1, 1), pixels));
    }

    private (byte[], string, Action) Manifest()
    {
        var path = Path.Combine(_folder, "m.csv");
        File.WriteAllText(Path.Combine(_folder, "a.jpg"), "");
        var text = "path,label,split,true_label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"a.jpg,\"class {i % 3}\",{(i % 4 == 0 ? "val" : "train")},class {i % 2}\n"));
        return (System.Text.Encoding.UTF8.GetBytes(text), path, () => PictureFolder.Load("data", "manifest", "data_root", path, "image_size", "8", "image_cache", "0"));
    }

    private (byte[], string, Action) Clothing()
    {
        string[] keys = [.. Enumerable.Range(0, ClothingLines).Select(i => $"images/{i % 10}/{i % 99}/{i}39645240,2782721{i}.jpg")];
        foreach (var list in new[] { "noisy_train_key_list.txt", "clean_val_key_list.txt", "clean_test_key_list.txt" })
            File.WriteAllLines(Path.Combine(_folder, list), keys);
        var labels = System.Text.Encoding.UTF8.GetBytes(string.Concat(keys.Select((k, i) => $"{k} {i % 14}\n")));
        File.WriteAllBytes(Path.Combine(_folder, "clean_label_kv.txt"), labels);
        return (labels, Path.Combine(_folder, "noisy_label_kv.txt"), () => PictureFolder.Load("data", "clothing1m", "data_root", _folder));
    }

    private (byte[], string, Action) Npy()
    {
        var labels = Enumerable.Range(0, 500).Select(i => i % 10).ToArray();
        var set = new ImageSet("test", new MemoryPixels(new byte[500], 1, 1, 1), labels, ClassNames.Cifar10, Numbers.Of(500));
        using var memory = new MemoryStream();
        NpyFile.Write(memory, [500], labels);
        var path = Path.Combine(_folder, "labels.npy");
        return (memory.ToArray(), path, () => NoisyLabels.Read(path, "", set));
    }

    private static byte[] Records(int count) => File.ReadAllBytes(SharedFiles.Require("data", "cifar10", "lossless_train4000.bin"))[..(count * 3073)];

    private static void Write(string path, byte[] bytes) => File.WriteAllBytes(path, bytes);

    /// <summary>One to four bits flipped, a stretch overwritten, doubled or cut out, or the end cut off.</summary>
    private static byte[] Damage(byte[] bytes, Philox random)
    {
        // Half of the damage is near the start, where headers are.
        int Place() => random.Next(random.Next(2) == 0 ? Math.Min(200, bytes.Length) : bytes.Length);
        var damaged = (byte[])bytes.Clone();
        var (at, length) = (Place(), 1 + random.Next(32));
        var end = Math.Min(bytes.Length, at + length);
        switch (random.Next(6))
        {
            case 0:
                return damaged[..at];
            case 1:
                for (var i = at; i < end; i++)
                    damaged[i] = (byte)random.NextUInt();
                return damaged;
            case 2:
                return [.. bytes[..end], .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. bytes[end..]];
            default:
                for (var flips = 1 + random.Next(4); flips > 0; flips--)
                    damaged[Place()] ^= (byte)(1 << random.Next(8));
                return damaged;
        }
    }
}
