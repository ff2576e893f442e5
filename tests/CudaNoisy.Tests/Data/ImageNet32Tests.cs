using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>ImageNet32's pickles and arrays, in the real format.</summary>
public sealed class ImageNet32Tests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void PicklesAndArraysAreTheSame()
    {
        Copy("train_data_batch_1", "train/train_data_batch_1");
        Copy("val_data", "val/val_data");
        var pickled = Load();
        File.Delete(Path.Combine(_folder, "train/train_data_batch_1"));
        Copy("train_data_batch_1.npz", "train_data_batch_1.npz");
        var packed = Load();
        Assert.Equal((200, 500), (pickled.Train.Count, pickled.Test.Count));
        Assert.Equal(1000, pickled.Train.ClassNames.Count);
        Assert.Equal(pickled.Train.Labels, packed.Train.Labels);
        Assert.Equal(pickled.Train.Pixels.Blocks[0], packed.Train.Pixels.Blocks[0]);
        Assert.Equal(829, pickled.Train.Labels[0]);
        Assert.Contains("2, 3, 4", Assert.Single(pickled.Notes), StringComparison.Ordinal);
        var source = NpyFile.ReadArchive(SharedFiles.Require("data", "imagenet32_sample", "train_data_batch_1.npz"))["data"];
        var pixels = new byte[3072];
        packed.Train.Pixels.Read(7, null, pixels);
        Assert.Equal(((byte[])source.Values)[(7 * 3072) + 2048 + 100], pixels[(3 * 100) + 2]);
    }

    [SkippableFact]
    public void SeveralBatchesAreOneSet()
    {
        Copy("train_data_batch_1", "train_data_batch_1");
        Copy("train_data_batch_10", "train_data_batch_10");
        Copy("val_data", "val_data");
        var data = Load();
        Assert.Equal(400, data.Train.Count);
        Assert.Equal(2, data.Train.Pixels.Blocks.Count);
    }

    [SkippableFact]
    public void DamagedFilesAreNamed()
    {
        var bytes = File.ReadAllBytes(SharedFiles.Require("data", "imagenet32_sample", "train_data_batch_1"));
        Copy("val_data", "val_data");
        Assert.Contains("train_data_batch_1", Assert.Throws<InputException>(Load).Message, StringComparison.Ordinal);
        foreach (var (damaged, said) in new (byte[], string)[]
        {
            (bytes[..300_000], "byte"),
            (bytes[..^20], "byte"),
            ([.. bytes[..93], (byte)'M', 1, 0, .. bytes[96..]], "byte"),
        })
        {
            File.WriteAllBytes(Path.Combine(_folder, "train_data_batch_1"), damaged);
            var error = Assert.ThrowsAny<InputException>(Load);
            Assert.Contains("train_data_batch_1", error.Message, StringComparison.Ordinal);
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }

        // A label of 0: the release counts from 1.
        var at = bytes.AsSpan().IndexOf("labels"u8) + "labels"u8.Length + 6;
        Assert.Equal((byte)'M', bytes[at]);
        File.WriteAllBytes(Path.Combine(_folder, "train_data_batch_1"), [.. bytes[..(at + 1)], 0, 0, .. bytes[(at + 3)..]]);
        Assert.Contains("0 came for image 0", Assert.ThrowsAny<InputException>(Load).Message, StringComparison.Ordinal);
    }

    private LoadedData Load() => PictureFolder.Load("data", "imagenet32", "data_root", _folder);

    private void Copy(string name, string to)
    {
        var target = Path.Combine(_folder, to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, File.ReadAllBytes(SharedFiles.Require("data", "imagenet32_sample", name)));
    }
}
