using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>A folder per class.</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("512")]
    public void ReadsClassesAndParts(string cache)
    {
        using var folder = PictureFolder.Classes(6);
        var data = PictureFolder.Load("data", "folder", "data_root", folder.Root, "image_size", "16", "image_cache", cache);
        Assert.Equal(["class0", "class1", "class2"], data.Train.ClassNames);
        Assert.Equal(Enumerable.Range(0, 18).Select(i => i / 6), data.Train.Labels);
        Assert.Equal("train/class1/002.png", data.Train.Ids[8]);
        Assert.Equal(9, data.Test.Count);
        Assert.Equal((16, 16, 3), (data.Train.H, data.Train.W, data.Train.C));
        Assert.Null(data.Split);
        Assert.Null(data.Given);
        Assert.Equal(cache == "0", data.Train.Pixels.Blocks.Count == 0);
        var pixels = new byte[16 * 16 * 3];
        data.Train.Pixels.Read(8, null, pixels);
        Assert.Equal(62, pixels[0]);
    }

    [Fact]
    public void AValidationFolderIsTheSplit()
    {
        using var folder = PictureFolder.Classes(3);
        folder.Add("val/class2/a.png", 7);
        folder.Add("val/class0/b.png", 9);
        var data = PictureFolder.Load("data", "folder", "data_root", folder.Root, "image_size", "16");
        Assert.Equal([9, 10], data.Split!.Validation);
        Assert.Equal(Enumerable.Range(0, 9), data.Split.Train);
        Assert.Equal([0, 2], data.Split.Validation.Select(i => data.Train.Labels[i]));
    }

    [Fact]
    public void ClassFoldersAloneAreTrainingImages()
    {
        using var folder = PictureFolder.Classes(3);
        Directory.Move(folder.At("train"), folder.At("alone"));
        var data = PictureFolder.Load("data", "folder", "data_root", folder.At("alone"), "image_size", "16");
        Assert.Equal(9, data.Train.Count);
        Assert.Equal(0, data.Test.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("512")]
    public void UnreadablePicturesFailOrAreSkippedAndCounted(string cache)
    {
        using var folder = PictureFolder.Classes(6);
        File.WriteAllBytes(folder.At("train/class0/003.png"), File.ReadAllBytes(folder.At("train/class0/003.png"))[..60]);
        File.WriteAllText(folder.At("train/class2/001.png"), "not a picture");
        string[] options = ["data", "folder", "data_root", folder.Root, "image_size", "16", "image_cache", cache];
        var data = PictureFolder.Load([.. options, "unreadable", "skip"]);
        Assert.Equal(16, data.Train.Count);
        Assert.Equal([5, 6, 5], Enumerable.Range(0, 3).Select(k => data.Train.Labels.Count(l => l == k)));
        Assert.DoesNotContain("train/class0/003.png", data.Train.Ids);
        var note = Assert.Single(data.Notes);
        Assert.Contains("2 of 18", note, StringComparison.Ordinal);
        Assert.Contains("003.png", note, StringComparison.Ordinal);
        var pixels = new byte[16 * 16 * 3];
        for (var i = 0; i < data.Train.Count; i++)
        {
            data.Train.Pixels.Read(i, null, pixels);
            Assert.Equal((data.Train.Labels[i] * 60) + int.Parse(Path.GetFileNameWithoutExtension(data.Train.Ids[i]), System.Globalization.CultureInfo.InvariantCulture), pixels[0]);
        }

        var error = Assert.Throws<UnreadableImageException>(() =>
        {
            var all = PictureFolder.Load(options);
            for (var i = 0; i < all.Train.Count; i++)
                all.Train.Pixels.Read(i, null, pixels);
        });
        Assert.EndsWith("003.png", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongFoldersAreNamed()
    {
        using var folder = PictureFolder.Classes(2);
        Assert.Contains("--image_size", Assert.Throws<InputException>(() => PictureFolder.Load("data", "folder", "data_root", folder.Root)).Message, StringComparison.Ordinal);
        folder.Add("test/other/a.png", 1);
        Assert.Contains("'other' came", Assert.Throws<InputException>(() => PictureFolder.Load("data", "folder", "data_root", folder.Root, "image_size", "8")).Message, StringComparison.Ordinal);
        var empty = folder.At("empty");
        Directory.CreateDirectory(empty);
        Assert.Contains("at least 2 classes", Assert.Throws<InputException>(() => PictureFolder.Load("data", "folder", "data_root", empty, "image_size", "8")).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ReadsCifarJpegs()
    {
        var archive = SharedFiles.Require("data", "cifar10", "test_jpeg.tar.gz");
        using var folder = new PictureFolder();
        foreach (var (name, bytes) in TarFiles.Read(archive, 300))
        {
            var path = folder.At($"train/{ClassNames.Cifar10[name[^5] - '0']}/{Path.GetFileName(name)}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        var data = PictureFolder.Load("data", "folder", "data_root", folder.Root, "image_size", "32");
        Assert.Equal(300, data.Train.Count);
        Assert.Equal(ClassNames.Cifar10, data.Train.ClassNames);
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(data.Train.Ids[i][^5] - '0', data.Train.Labels[i]));
    }
}
