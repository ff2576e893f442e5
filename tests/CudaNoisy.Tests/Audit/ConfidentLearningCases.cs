using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Audit;

/// <summary>Corners of confident learning: missing classes, ties, sums that must be kept, values that are no probabilities.</summary>
public sealed class ConfidentLearningCases
{
    private const float Low = 0.1f;
    private const float High = 0.8f;

    [Theory]
    [InlineData(new[] { 0.5, 0.5, 1.0 }, new[] { 0, 1, 1 })]
    [InlineData(new[] { 1.5, 1.5, 1.0 }, new[] { 1, 2, 1 })]
    [InlineData(new[] { 15.5, 6.0, 15.5 }, new[] { 15, 6, 16 })]
    [InlineData(new[] { 2.25, 2.25, 2.25, 2.25 }, new[] { 2, 2, 2, 3 })]
    public void RoundingKeepsTheSum(double[] values, int[] expected) => Assert.Equal(expected, ConfidentJoint.RoundPreservingSum(values));

    [Fact]
    public void AClassWithoutSamplesIsNeverGuessed()
    {
        float[] rows = [High, Low, Low, Low, High, Low, Low, High, Low, Low, Low, High];
        var e = CudaNoisy.Training.ConfidentLearning.Estimate(new ProbabilityMatrix(rows, 3), [0, 0, 1, 1], 1);
        Assert.Equal(2, e.Thresholds[2]);
        Assert.Equal([1], e.OffDiagonal);
        Assert.Equal([1, 1, 0, 0, 2, 0, 0, 0, 0], e.Joint.Cast<int>());
        Assert.Equal(1, e.Latent.Prior.Sum(), 1e-12);
    }

    [Fact]
    public void ATieWithTheGivenLabelIsNoIssue()
    {
        float[] rows = [0.5f, 0.5f, 0.5f, 0.5f, 0.9f, Low, 0.4f, 0.6f];
        var e = CudaNoisy.Training.ConfidentLearning.Estimate(new ProbabilityMatrix(rows, 2), [1, 0, 1, 1], 1);
        Assert.Equal([2], e.Issues("predicted_neq_given"));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(1.5f)]
    public void AValueThatIsNoProbabilityIsNamed(float value)
    {
        var error = Assert.Throws<InputException>(() => CudaNoisy.Training.ConfidentLearning.Estimate(new ProbabilityMatrix([0.5f, 0.5f, 0.2f, value], 2, "p.npy"), [0, 1], 2));
        Assert.Contains("p.npy", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsAndRowsMustFit()
    {
        Assert.Contains("3 rows expected", Assert.Throws<InputException>(() => Estimate([0, 1, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("from 0 to 1", Assert.Throws<InputException>(() => Estimate([0, 2])).Message, StringComparison.Ordinal);

        static CudaNoisy.Training.ConfidentLearning Estimate(int[] labels) =>
            CudaNoisy.Training.ConfidentLearning.Estimate(new ProbabilityMatrix([0.5f, 0.5f, 0.5f, 0.5f], 2), labels, 1);
    }
}
