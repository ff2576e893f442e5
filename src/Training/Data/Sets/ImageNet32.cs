using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>ImageNet at 32x32 (Chrabaszcz, Loshchilov and Hutter 2017): <c>train_data_batch_1</c> to <c>10</c> and <c>val_data</c>, as pickles or <c>.npz</c>; labels from 1 to 1000.
/// The validation images serve as test images, as in the reference; the mean that comes with training batches is not used.</summary>
internal sealed class ImageNet32 : IDataSet
{
    private const int Size = 32;
    private const int Planes = 3;
    private const int Classes = 1000;
    private const int Batches = 10;

    private static readonly string[] TrainFolders = ["", "train", "Imagenet32_train", "Imagenet32_train_npz"];
    private static readonly string[] TestFolders = ["", "val", "Imagenet32_val", "Imagenet32_val_npz"];

    public LoadedData Load(string root, DataOptions options)
    {
        var files = Enumerable.Range(1, Batches).Select(i => Find(root, TrainFolders, $"train_data_batch_{i}")).ToArray();
        var missing = Enumerable.Range(1, Batches).Where(i => files[i - 1] is null).ToArray();
        if (missing.Length == Batches)
            throw new InputException($"{root}: train_data_batch_1 to {Batches} or train_data_batch_1.npz to {Batches}.npz expected, in it or in {string.Join(", ", TrainFolders[1..])}, none came");
        var test = Find(root, TestFolders, "val_data")
            ?? throw new InputException($"{root}: val_data or val_data.npz expected, in it or in {string.Join(", ", TestFolders[1..])}, none came");
        return new LoadedData(Set("training images", [.. files.OfType<string>()]), Set("test images", [test]))
        {
            Notes = missing.Length == 0 ? [] : [$"{root}: train_data_batch_{string.Join(", ", missing)} of {Batches} are not there; the others are used"],
        };
    }

    private static string? Find(string root, string[] folders, string name) =>
        folders.SelectMany(f => new[] { Path.Combine(root, f, name), Path.Combine(root, f, name + ".npz") }).FirstOrDefault(File.Exists);

    private static ImageSet Set(string part, string[] files)
    {
        var read = Array.ConvertAll(files, Read);
        int[] labels = [.. read.SelectMany(r => r.Labels)];
        return new ImageSet(
            $"ImageNet32 {part}", new MemoryPixels(Array.ConvertAll(read, r => r.Pixels), Size, Size, Planes), labels, Numbers.From(1, Classes), Numbers.Of(labels.Length));
    }

    private static LabelledPixels Read(string path)
    {
        if (!path.EndsWith(".npz", StringComparison.Ordinal))
            return PickledImages.Read(PickleFile.Read(path), "labels", Size, Classes, firstClass: 1);
        var arrays = NpyFile.ReadArchive(path);
        NpyArray Get(string key) => arrays.TryGetValue(key, out var array) ? array : throw new InputException($"{path}: an array '{key}' expected, {string.Join(", ", arrays.Keys)} came");
        return PickledImages.Read(Get("data"), Get("labels"), path, "labels", Size, Classes, firstClass: 1);
    }
}
