using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Noise;

/// <summary>Permutations and noisy labels of the reference, by hash.</summary>
public sealed class NoiseGolden
{
    private const int Validation = 1000;

    public static TheoryData<string> Files
    {
        get
        {
            var files = Environment.GetEnvironmentVariable("CUDANOISY_GOLDEN_NOISE") is { Length: > 0 } list
                ? list.Split(Path.PathSeparator)
                : [SharedFiles.At("golden", "noise", "noise_golden.json")];
            return [.. files];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void LabelsAreTheReferences(string file)
    {
        Skip.IfNot(File.Exists(file), $"skipped: {Path.GetFileName(file)} not present");
        var golden = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        var cases = golden.GetProperty("cases").EnumerateArray().ToArray();
        Assert.NotEmpty(cases);
        foreach (var c in cases)
        {
            var classes = c.GetProperty("classes").GetInt32();
            var seed = c.GetProperty("seed").GetUInt32();
            var labels = Labels(file, classes);
            var split = DataSplit.Create(labels.Length, Validation, seed);
            int[] permutation = [.. split.Train, .. split.Validation];
            Assert.Equal(c.GetProperty("permutation_sha256").GetString(), Hash(MemoryMarshal.AsBytes(permutation.AsSpan())));
            var noisy = NoiseRegistry.Apply(
                c.GetProperty("corruption_type").GetString()!, c.GetProperty("corruption_prob").GetDouble(), seed, classes == 10 ? ClassNames.Cifar10 : ClassNames.Cifar100, labels, split.Train);
            Assert.Equal(c.GetProperty("changed").GetInt32(), noisy.Zip(labels).Count(p => p.First != p.Second));
            Assert.Equal(c.GetProperty("noisy_labels_u8_sha256").GetString(), Hash([.. noisy.Select(l => (byte)l)]));
        }
    }

    [Fact]
    public void AProbabilityOutsideItsRangeIsNamed()
    {
        var error = Assert.Throws<CudaNoisy.Runtime.InputException>(() => NoiseRegistry.Apply("unif", 1.5, 1, ClassNames.Cifar10, [0], [0]));
        Assert.Contains("--corruption_prob", error.Message, StringComparison.Ordinal);
        Assert.Contains("1.5", error.Message, StringComparison.Ordinal);
    }

    private static int[] Labels(string file, int classes)
    {
        var name = $"cifar{classes}_clean_labels.u8";
        var beside = Path.Combine(Path.GetDirectoryName(file)!, name);
        return Array.ConvertAll(File.ReadAllBytes(File.Exists(beside) ? beside : SharedFiles.Require("golden", "noise", name)), b => (int)b);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
