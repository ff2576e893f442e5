using CudaNoisy.Tests.Data;
using Xunit.Abstractions;

namespace CudaNoisy.SlowTests;

/// <summary>100,000 times random damage to real data files.</summary>
public sealed class DataFileMutations(ITestOutputHelper output)
{
    private const int Total = 100_000;

    /// <summary>Shares of the total: files that take long to read get less.</summary>
    private static readonly Dictionary<string, int> Weights = new()
    {
        ["cifar-archive"] = 5,
        ["imagenet32-pickle"] = 10,
        ["imagenet32-npz"] = 5,
        ["cifar-n"] = 5,
        ["jpeg"] = 25,
        ["clothing-list"] = 8,
    };

    public static TheoryData<string> All => [.. DataMutations.Cases];

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void EveryReaderGivesAResultOrATypedError(string name)
    {
        var sum = DataMutations.Cases.Sum(Weight);
        var count = (Total * Weight(name) / sum) + 1;
        using var mutations = new DataMutations();
        var (results, errors) = mutations.Run(name, count, seed: 20260728);
        output.WriteLine($"{name}: {count} damaged files, {results} results, {errors} errors");
        Assert.Equal(count, results + errors);
    }

    private static int Weight(string name) => Weights.GetValueOrDefault(name, 8);
}
