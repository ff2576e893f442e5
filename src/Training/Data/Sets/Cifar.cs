using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>CIFAR-10 and CIFAR-100 (Krizhevsky 2009): the binary or the Python release, unpacked or in its archive.</summary>
internal sealed class Cifar(string name, IReadOnlyList<string> classNames, params CifarFormat[] formats) : IDataSet
{
    private static readonly string[] Batches = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"];

    public static Cifar Ten { get; } = new(
        "CIFAR-10", ClassNames.Cifar10,
        new CifarBinary("cifar-10-batches-bin", "cifar-10-binary.tar.gz", [.. Batches.Select(b => b + ".bin")], "test_batch.bin", labelBytes: 1),
        new CifarPython("cifar-10-batches-py", "cifar-10-python.tar.gz", Batches, "test_batch", "labels"));

    public static Cifar Hundred { get; } = new(
        "CIFAR-100", ClassNames.Cifar100,
        new CifarBinary("cifar-100-binary", "cifar-100-binary.tar.gz", ["train.bin"], "test.bin", labelBytes: 2),
        new CifarPython("cifar-100-python", "cifar-100-python.tar.gz", ["train"], "test", "fine_labels"));

    public LoadedData Load(string root, DataOptions options)
    {
        foreach (var format in formats)
        {
            if (format.Find(root) is { } files)
                return new LoadedData(Set(format, files[..^1], "training images"), Set(format, files[^1..], "test images"));
        }

        var places = string.Join(", ", formats.Select(f => $"{f.Probe} (unpacked) or {f.Archive}"));
        throw new InputException($"{root}: {name} expected ({places}), none of them is there");
    }

    private ImageSet Set(CifarFormat format, (string Name, Func<byte[]> Read)[] files, string part)
    {
        var read = Array.ConvertAll(files, f => format.Parse(f.Read(), f.Name, classNames.Count));
        int[] labels = [.. read.SelectMany(r => r.Labels)];
        var pixels = new MemoryPixels(Array.ConvertAll(read, r => r.Pixels), CifarFormat.Size, CifarFormat.Size, CifarFormat.Planes);
        return new ImageSet($"{name} {part}", pixels, labels, classNames, Numbers.Of(labels.Length));
    }
}
