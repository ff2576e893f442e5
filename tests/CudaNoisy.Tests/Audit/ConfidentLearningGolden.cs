using System.Text.Json;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Audit;

/// <summary>Confident learning against cleanlab 2.9.0's results: estimates and scores closely, index sets and rankings exactly.
/// <c>CUDANOISY_GOLDEN_CL</c> names other folders with <c>labels.npy</c>, <c>pred_probs.npy</c> and <c>expected.json</c>.</summary>
public sealed class ConfidentLearningGolden
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Folders
    {
        get
        {
            var beside = Path.Combine(SharedFiles.Repository, "tests", "CudaNoisy.Tests", "Audit", "ConfidentLearning");
            return Environment.GetEnvironmentVariable("CUDANOISY_GOLDEN_CL") is { Length: > 0 } list
                ? [.. list.Split(Path.PathSeparator)]
                : [Path.Combine(beside, "a"), Path.Combine(beside, "b")];
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void EstimatesAreTheReferences(string folder)
    {
        var (e, expected) = Load(folder);
        Assert.Equal(Ints(expected, "confident_joint_uncalibrated"), e.Uncalibrated.Cast<int>());
        Assert.Equal(Ints(expected, "confident_joint"), e.Joint.Cast<int>());
        Assert.Equal(expected.GetProperty("num_label_issues").GetInt32(), e.IssueCount);
        AssertNear(expected, "py", e.Latent.Prior);
        AssertNear(expected, "noise_matrix", e.Latent.NoiseMatrix.Cast<double>());
        AssertNear(expected, "inverse_noise_matrix", e.Latent.InverseNoiseMatrix.Cast<double>());
        AssertNear(expected, "joint", e.JointDistribution().Cast<double>());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void ScoresAreTheReferences(string folder)
    {
        var (e, expected) = Load(folder);
        AssertNear(expected, "score_self_confidence", e.Scores.SelfConfidence.Select(v => (double)v));
        AssertNear(expected, "score_normalized_margin", e.Scores.NormalizedMargin.Select(v => (double)v));
        AssertNear(expected, "score_confidence_weighted_entropy", e.Scores.ConfidenceWeightedEntropy);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void IndexSetsAndRankingAreTheReferences(string folder)
    {
        var (e, expected) = Load(folder);
        Assert.Equal(Ints(expected, "off_diagonal_indices"), e.OffDiagonal);
        foreach (var filter in IssueFilters.Names)
            Assert.Equal(Ints(expected, "issues_" + filter), e.Issues(filter));
        var ranked = e.Issues(IssueFilters.Default).OrderBy(i => e.Scores.SelfConfidence[i]);
        Assert.Equal(Ints(expected, "ranked_self_confidence"), ranked);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void AFileAndAnyNumberOfThreadsGiveTheSame(string folder)
    {
        var (one, _) = Load(folder);
        using var file = new ProbabilityFile(Path.Combine(folder, "pred_probs.npy"));
        var other = CudaNoisy.Training.ConfidentLearning.Estimate(file, one.Labels, 7);
        Assert.Equal(one.Thresholds, other.Thresholds);
        Assert.Equal(one.Joint.Cast<int>(), other.Joint.Cast<int>());
        Assert.Equal(one.Scores.ConfidenceWeightedEntropy, other.Scores.ConfidenceWeightedEntropy);
        foreach (var filter in IssueFilters.Names)
            Assert.Equal(one.Issues(filter), other.Issues(filter));
    }

    private static (CudaNoisy.Training.ConfidentLearning Estimates, JsonElement Expected) Load(string folder)
    {
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement;
        var probabilities = NpyFile.Read(Path.Combine(folder, "pred_probs.npy"));
        var labels = NpyFile.Read(Path.Combine(folder, "labels.npy")).ToInts();
        return (CudaNoisy.Training.ConfidentLearning.Estimate(new ProbabilityMatrix(probabilities.ToFloats(), probabilities.Dims[1]), labels, 1), expected);
    }

    private static int[] Ints(JsonElement expected, string name) => [.. Numbers(expected.GetProperty(name)).Select(v => (int)v)];

    private static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().SelectMany(Numbers)
        : [element.GetDouble()];

    private static void AssertNear(JsonElement expected, string name, IEnumerable<double> actual)
    {
        var (wanted, came) = (Numbers(expected.GetProperty(name)).ToArray(), actual.ToArray());
        Assert.Equal(wanted.Length, came.Length);
        var error = wanted.Zip(came, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(error <= Tolerance, $"{name}: off by {error}");
    }
}
