using System.IO.Compression;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Tests.Formats;

/// <summary>PyTorch checkpoints of both formats: real ones, and wrong ones that are refused with bounded memory.</summary>
public sealed class TorchFileTests
{
    private const long Huge = 1_000_000_000_000;

    [Fact]
    public void BothFormatsGiveTheTensor()
    {
        foreach (var bytes in Both(new TorchBuilder()))
        {
            var w = TorchFile.Parse(bytes, "w")["w"].ToTensor();
            Assert.Equal([2, 3], w.Dims);
            Assert.Equal([0, 1, 2, 3, 4, 5], w.ToFloats());
        }
    }

    [Fact]
    public void StridesAndOffsetsAreFollowed()
    {
        foreach (var bytes in Both(new TorchBuilder { Size = "I2\nI2\n", Stride = "I1\nI2\n", Offset = 1 }))
            Assert.Equal([1, 3, 2, 4], TorchFile.Parse(bytes, "w")["w"].ToTensor().ToFloats());
    }

    [Fact]
    public void OneStorageMayServeTwoTensors()
    {
        var tied = "S'v'\n" + TorchBuilder.Tensor("FloatStorage", "0", 6, 0, "I6\n", "I1\n") + "s";
        foreach (var bytes in Both(new TorchBuilder { More = tied }))
            Assert.Equal([0, 1, 2, 3, 4, 5], TorchFile.Parse(bytes, "w")["v"].ToTensor().ToFloats());
    }

    [Fact]
    public void HalvesBecomeFloats()
    {
        byte[] half = [0x00, 0x3c, 0x00, 0xc0];
        byte[] brain = [0x80, 0x3f, 0x00, 0xc0];
        foreach (var (storage, data) in new[] { ("HalfStorage", half), ("BFloat16Storage", brain) })
        {
            foreach (var bytes in Both(new TorchBuilder { Storage = storage, Data = data, Claim = 2, Listed = 2, Size = "I2\n", Stride = "I1\n" }))
                Assert.Equal([1, -2], TorchFile.Parse(bytes, "w")["w"].ToTensor().ToFloats());
        }
    }

    [Fact]
    public void FalseClaimsAreRefused()
    {
        AssertBad("1000000000000", new TorchBuilder { Claim = Huge, Listed = Huge });
        AssertBad("31 bits", new TorchBuilder { Size = "L1000000000000L\nI1\n", Stride = "I0\nI0\n" });
        AssertBad("elements", new TorchBuilder { Size = "I2147483647\nI2147483647\n", Stride = "I0\nI0\n" });
        AssertBad("elements", new TorchBuilder { Stride = "I2147483647\nI2147483647\n" });
        AssertBad("elements", new TorchBuilder { Size = "I1000\nI1000\n", Stride = "I0\nI0\n" });
        AssertBad("storage", new TorchBuilder { Offset = 7 });
        AssertBad("storage", new TorchBuilder { Offset = 1 });
        AssertBad("storage", new TorchBuilder { Storage = "ComplexFloatStorage" });
        AssertBad("storage", new TorchBuilder { Data = new byte[20], Listed = 5 });
        AssertBad("storage '0'", new TorchBuilder { More = "S'v'\n" + TorchBuilder.Tensor("DoubleStorage", "0", 3, 0, "I3\n", "I1\n") + "s" });
        AssertBad("storage '1'", new TorchBuilder { More = "S'v'\n" + TorchBuilder.Tensor("FloatStorage", "1", 1, 0, "I1\n", "I1\n") + "s" });
        AssertBad("os.system", new TorchBuilder { More = "S'v'\ncos\nsystem\n(S'touch EVIL'\ntRs" });
    }

    [Fact]
    public void RepeatedStoragesAreRefused()
    {
        var error = Assert.Throws<InputException>(() => TorchFile.Parse(new TorchBuilder { Keys = "S'0'\naS'0'\na", Data = new byte[100] }.Legacy(), "twice"));
        Assert.Contains("once expected", error.Message, StringComparison.Ordinal);
        var tensor = TorchBuilder.Tensor("FloatStorage", "0", 1 << 20, 0, "I1048576\n", "I1\n");
        var many = string.Concat(Enumerable.Range(0, 60).Select(i => $"S'v{i}'\n{tensor}s"));
        AssertBad("memory", new TorchBuilder { Data = new byte[4 << 20], Claim = 1 << 20, Listed = 1 << 20, More = many });
    }

    [Fact]
    public void CompressionAndDamagedDirectoriesAreRefused()
    {
        Assert.Contains("without compression", Bad(new TorchBuilder().Zip(CompressionLevel.SmallestSize)), StringComparison.Ordinal);
        var zip = new TorchBuilder().Zip();
        for (var length = 0; length < zip.Length; length++)
            Bad(zip[..length]);
        var legacy = new TorchBuilder().Legacy();
        for (var length = 0; length < legacy.Length; length++)
            Bad(legacy[..length]);
    }

    [SkippableFact]
    public void LegacyCheckpointsAreRead()
    {
        var v = TorchFile.Read(SharedFiles.Require("checkpoints", "akamaster", "resnet20-12fca82f.th"));
        Assert.Equal(91.78, v["best_prec1"].ToDouble(), 0.01);
        Assert.Equal(97, v["state_dict"].Entries.Count());
        Assert.Equal([16, 3, 3, 3], v["state_dict"]["module.conv1.weight"].ToTensor().Dims);
        Assert.True(v["state_dict"]["module.layer3.2.bn2.running_var"].ToTensor().ToFloats().Min() > 0);
    }

    [SkippableFact]
    public void ZipCheckpointsAreRead()
    {
        var v = TorchFile.Read(SharedFiles.Require("golden", "resnet32", "encoder.pth.tar"));
        Assert.Equal("ResNet32", v["hparams"]["arch"].ToText());
        Assert.Equal([64, 64, 3, 3], v["state_dict"]["convnet.layer3.4.conv2.weight"].ToTensor().Dims);
        Assert.Equal([], v["state_dict"]["convnet.bn1.num_batches_tracked"].ToTensor().Dims);
    }

    [SkippableFact]
    public void CifarNLabelsAreRead()
    {
        var v = TorchFile.Read(SharedFiles.Require("data", "cifar_n", "CIFAR-100_human.pt"));
        foreach (var key in new[] { "clean_label", "noisy_label" })
        {
            var labels = v[key].ToArray().ToInts();
            Assert.Equal(50_000, labels.Length);
            Assert.Equal(99, labels.Max());
        }

        var error = Assert.Throws<InputException>(() => v["worse_label"]);
        Assert.Contains("noisy_label", error.Message, StringComparison.Ordinal);
    }

    private static byte[][] Both(TorchBuilder builder) => [builder.Zip(), builder.Legacy()];

    private static void AssertBad(string named, TorchBuilder builder)
    {
        foreach (var bytes in Both(builder))
            Assert.Contains(named, Bad(bytes), StringComparison.Ordinal);
        Assert.False(File.Exists("EVIL"));
    }

    private static string Bad(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InputException>(() => TorchFile.Parse(bytes, "bad.pth"));
        Assert.StartsWith("bad.pth", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < (64L << 20) + (32L * bytes.Length), "more memory than the file explains");
        return error.Message;
    }
}
