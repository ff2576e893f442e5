using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.Data;

/// <summary>CIFAR's releases: every form gives the same images; damaged files are named, with the place.</summary>
public sealed class CifarTests : IDisposable
{
    private const int Each = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(10, false, "")]
    [InlineData(10, false, "cifar-10-batches-bin")]
    [InlineData(10, false, "cifar-10-binary.tar.gz")]
    [InlineData(10, true, "")]
    [InlineData(10, true, "cifar-10-batches-py")]
    [InlineData(10, true, "cifar-10-python.tar.gz")]
    [InlineData(100, false, "cifar-100-binary")]
    [InlineData(100, false, "cifar-100-binary.tar.gz")]
    [InlineData(100, true, "cifar-100-python")]
    [InlineData(100, true, "cifar-100-python.tar.gz")]
    public void EveryFormGivesTheSameImages(int classes, bool python, string place)
    {
        var files = CifarFiles.Release(python, classes, Each);
        var path = Path.Combine(_folder, place);
        if (place.EndsWith(".tar.gz", StringComparison.Ordinal))
            CifarFiles.Pack(path, place[..^7], files);
        else
            CifarFiles.Write(path, files);
        foreach (var root in place.EndsWith(".tar.gz", StringComparison.Ordinal) ? new[] { _folder, path } : [_folder])
        {
            var data = PictureFolder.Load("data", $"cifar{classes}", "data_root", root);
            CifarFiles.AssertImages(data.Train, 0, 5 * Each, classes);
            CifarFiles.AssertImages(data.Test, 5 * Each, 2, classes);
        }
    }

    [Fact]
    public void DamagedBinaryFilesAreNamedWithTheByte()
    {
        var files = CifarFiles.Release(python: false, 10, Each);
        files["data_batch_3.bin"] = files["data_batch_3.bin"][..^1];
        AssertBad(files, "data_batch_3.bin", "ends at byte 6146");
        files = CifarFiles.Release(python: false, 10, Each);
        files["data_batch_2.bin"][3073] = 10;
        AssertBad(files, "data_batch_2.bin", "byte 3073, 10 came");
        files.Remove("data_batch_2.bin");
        AssertBad(files, "data_batch_2.bin", "not found");
    }

    [Fact]
    public void DamagedPicklesAreNamed()
    {
        var files = CifarFiles.Release(python: true, 10, Each);
        files["data_batch_4"] = files["data_batch_4"][..5000];
        AssertBad(files, "data_batch_4", "byte");
        files["data_batch_4"] = CifarFiles.Pickle(0, Each, "labels", 11);
        files["data_batch_4"] = [.. CifarFiles.Pickle(10, 1, "labels", 11)];
        AssertBad(files, "data_batch_4", "10 came for image 0");
        files["data_batch_4"] = CifarFiles.Pickle(0, Each, "coarse", 10);
        AssertBad(files, "data_batch_4", "'labels' expected");
        files["data_batch_4"] = "cos\nsystem\n(S'touch /tmp/never'\ntR."u8.ToArray();
        AssertBad(files, "data_batch_4", "not run");
    }

    [Fact]
    public void DamagedArchivesAreNamed()
    {
        var archive = Path.Combine(_folder, "cifar-10-binary.tar.gz");
        var files = CifarFiles.Release(python: false, 10, Each);
        CifarFiles.Pack(archive, "cifar-10-batches-bin", files);
        var whole = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, whole[..(whole.Length / 2)]);
        AssertBad(null, archive, "near byte");
        var flipped = (byte[])whole.Clone();
        flipped[^6] ^= 1;
        File.WriteAllBytes(archive, flipped);
        AssertBad(null, archive, "near byte");
        files.Remove("data_batch_5.bin");
        CifarFiles.Pack(archive, "cifar-10-batches-bin", files);
        AssertBad(null, archive, "'data_batch_5.bin'");
    }

    [SkippableFact]
    public void ReadsTheLosslessImages()
    {
        var train = File.ReadAllBytes(SharedFiles.Require("data", "cifar10", "lossless_train4000.bin"));
        var test = File.ReadAllBytes(SharedFiles.Require("data", "cifar10", "lossless_test1000.bin"));
        var files = Enumerable.Range(0, 5).ToDictionary(b => $"data_batch_{b + 1}.bin", b => train[(b * 800 * 3073)..((b + 1) * 800 * 3073)]);
        files["test_batch.bin"] = test;
        CifarFiles.Write(_folder, files);
        var data = PictureFolder.Load("data", "cifar10", "data_root", _folder);
        Assert.Equal((4000, 1000), (data.Train.Count, data.Test.Count));
        var pixels = new byte[3072];
        foreach (var i in new[] { 0, 799, 800, 3999 })
        {
            data.Train.Pixels.Read(i, null, pixels);
            Assert.Equal(train[i * 3073], data.Train.Labels[i]);
            Assert.Equal(train[(i * 3073) + 1 + 1024 + 5], pixels[(3 * 5) + 1]);
        }

        Assert.All(Enumerable.Range(0, 10), k => Assert.InRange(data.Test.Labels.Count(l => l == k), 80, 120));
    }

    private void AssertBad(Dictionary<string, byte[]>? files, string named, string said)
    {
        if (files is not null)
        {
            Directory.Delete(_folder, recursive: true);
            CifarFiles.Write(_folder, files);
        }

        var error = Assert.ThrowsAny<InputException>(() => PictureFolder.Load("data", "cifar10", "data_root", _folder));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
