using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>CIFAR's binary release: records of one label (two for CIFAR-100: coarse, fine) and 3 planes of 32x32 bytes.</summary>
/// <remarks>Krizhevsky 2009. CIFAR-10: data_batch_1.bin to data_batch_5.bin and test_batch.bin; CIFAR-100: train.bin and test.bin; in the folder or its usual subfolder.</remarks>
internal sealed class CifarBinary(int classes, string subfolder, string[] train, string test) : IDataSet
{
    private const int Size = 32;
    private const int Planes = 3;
    private const long MaxBytes = 400L << 20;

    public static CifarBinary Cifar10 { get; } = new(10, "cifar-10-batches-bin", [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")], "test_batch.bin");

    public static CifarBinary Cifar100 { get; } = new(100, "cifar-100-binary", ["train.bin"], "test.bin");

    private int LabelBytes => classes == 100 ? 2 : 1;

    private IReadOnlyList<string> Names => classes == 100 ? ClassNames.Cifar100 : ClassNames.Cifar10;

    public LoadedData Load(string root, DataOptions options)
    {
        var folder = Directory.Exists(Path.Combine(root, subfolder)) ? Path.Combine(root, subfolder) : root;
        return new LoadedData(Read("training images", [.. train.Select(f => Path.Combine(folder, f))]), Read("test images", [Path.Combine(folder, test)]));
    }

    private ImageSet Read(string part, string[] paths)
    {
        var record = LabelBytes + (Planes * Size * Size);
        var files = paths.Select(p => BoundedFile.Read(p, MaxBytes)).ToArray();
        for (var f = 0; f < files.Length; f++)
        {
            if (files[f].Length == 0 || files[f].Length % record != 0)
                throw new InputException($"{paths[f]}: whole records of {record} bytes expected, {files[f].Length} bytes came");
        }

        var count = files.Sum(f => f.Length / record);
        var pixels = new byte[files.Length][];
        var labels = new int[count];
        var at = 0;
        for (var f = 0; f < files.Length; f++)
        {
            pixels[f] = new byte[files[f].Length / record * (record - LabelBytes)];
            var target = pixels[f].AsSpan();
            for (var offset = 0; offset < files[f].Length; offset += record, at++)
            {
                labels[at] = files[f][offset + LabelBytes - 1];
                if (labels[at] >= classes)
                    throw new InputException($"{paths[f]}: a label below {classes} expected at byte {offset + LabelBytes - 1}, {labels[at]} came");
                Planar.ToInterleaved(files[f].AsSpan(offset + LabelBytes, record - LabelBytes), Planes, target);
                target = target[(record - LabelBytes)..];
            }
        }

        return new ImageSet($"CIFAR-{classes} {part}", new MemoryPixels(pixels, Size, Size, Planes), labels, Names, Numbers.Of(count));
    }
}
