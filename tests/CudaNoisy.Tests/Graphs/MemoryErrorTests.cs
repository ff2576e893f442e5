using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.Graphs;

public sealed class MemoryErrorTests
{
    [Theory]
    [InlineData(400, 100, 64, "out of memory: 400.0 MiB needed, 100.0 MiB free for the activations of 64 images; a batch of 16 would fit")]
    [InlineData(400, 1, 64, "out of memory: 400.0 MiB needed, 1.0 MiB free for the activations of 64 images; not even one fits")]
    public void ABatchThatDoesNotFitSaysWhichOneWould(long needed, long free, int batch, string expected)
    {
        var error = new DeviceMemoryException(new DeviceMemoryException("cuda:0", needed << 20, free << 20), batch);
        Assert.Equal("cuda:0: " + expected, error.Message);
        Assert.Equal(needed << 20, error.NeededBytes);
        Assert.Equal(free << 20, error.FreeBytes);
    }

    [SkippableFact]
    public void TooLargeAPlanOnCudaSaysWhatItNeedsAndWhatIsFree()
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        using var device = DeviceFactory.Open("cuda");
        var model = ResNetBuilder.Random(Architecture.Find("resnet50"), 32, cifarStem: true, () => 0).AddLinear(10);
        var plan = ExecutionPlan.Create(model.Graph, model.Input with { N = 20000 }, ExecutionMode.Training);
        var error = Assert.Throws<DeviceMemoryException>(() => new Workspace(device, plan));
        Assert.Equal(plan.FloatLength * sizeof(float), error.NeededBytes);
        Assert.True(error.FreeBytes > 0 && error.FreeBytes < error.NeededBytes);
        Assert.Contains("for the activations of 20000 images; a batch of ", error.Message, StringComparison.Ordinal);
    }
}
