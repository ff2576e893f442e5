using CudaNoisy.Training;

namespace CudaNoisy.Tests.Prediction;

/// <summary>Accuracy, confusion and calibration by hand.</summary>
public sealed class ReportTests
{
    private const int Digits = 6;

    [Fact]
    public void NumbersAreThoseOfTheDefinition()
    {
        var report = new ClassifierReport(["a", "b"]);
        report.Add(0, [0.9f, 0.1f]);
        report.Add(0, [0.9f, 0.1f]);
        report.Add(1, [0.9f, 0.1f]);
        report.Add(1, [0.3f, 0.7f]);
        Assert.Equal((4, 3), (report.Count, report.Right));
        Assert.Equal((2, 0, 1, 1), (report.Confusion(0, 0), report.Confusion(0, 1), report.Confusion(1, 0), report.Confusion(1, 1)));
        Assert.Equal(0.5, report.ClassAccuracy(1));
        Assert.Equal(0.75, report.MeanClassAccuracy);

        // One bin holds three of confidence 0.9 with two right, another one of 0.7, right.
        Assert.Equal((Math.Abs(2 - 2.7) + Math.Abs(1 - 0.7)) / 4, report.CalibrationError, Digits);
        Assert.Equal(-(2 * Math.Log(0.9) + Math.Log(0.1) + Math.Log(0.7)) / 4, report.Loss, Digits);
    }

    [Fact]
    public void EqualProbabilitiesKeepTheOrderOfClasses() =>
        Assert.Equal(["c", "a", "b"], RankedClass.Top([0.2f, 0.2f, 0.5f, 0.1f], ["a", "b", "c", "d"], 3).Select(c => c.Name));
}
