using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.Graphs;

/// <summary>Whole steps of the networks people use.</summary>
public sealed class TrainingStepTests
{
    private const int WarmUp = 60;
    private const int Measured = 5;

    [Theory]
    [InlineData("resnet18", 32, true, 16)]
    [InlineData("resnet50", 32, true, 16)]
    [InlineData("resnet50", 224, false, 2)]
    public void LossFallsOnOneBatch(string architecture, int size, bool cifarStem, int batch)
    {
        using var device = new HostDevice();
        using var step = new OneBatchStep(device, architecture, size, cifarStem, batch);
        var first = step.Take();
        var last = first;
        for (var i = 0; i < 4; i++)
            last = step.Take();
        Assert.True(last < first && float.IsFinite(last), $"{first} to {last}");
    }

    [Fact]
    public void ASteadyStateStepAllocatesNothing()
    {
        using var device = new HostDevice(threads: 1);
        using var step = new OneBatchStep(device, "resnet20", 32, true, 8);

        // The runtime itself allocates while methods are compiled a second time, around their thirtieth call.
        for (var i = 0; i < WarmUp; i++)
            step.Run();
        var allocated = device.AllocatedBytes;
        var managed = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Measured; i++)
            step.Run();
        managed = GC.GetAllocatedBytesForCurrentThread() - managed;
        Assert.Equal(0, managed);
        Assert.Equal(allocated, device.AllocatedBytes);
    }

    [Fact]
    public void ParametersDoNotDependOnTheNumberOfThreads()
    {
        float[]? expected = null;
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var device = new HostDevice(threads);
            using var step = new OneBatchStep(device, "resnet20", 32, true, 8);
            for (var i = 0; i < 3; i++)
                step.Take();
            var values = step.Network.Values.All.ToArray();
            expected ??= values;
            Assert.Equal(expected, values);
        }
    }
}
