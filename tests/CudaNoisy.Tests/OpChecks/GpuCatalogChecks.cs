using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

public sealed class GpuCatalogChecks
{
    [Fact]
    public void EveryConfigurationIsThereOnce()
    {
        var kernels = GpuCatalog.All;
        Assert.Equal(kernels.Count, kernels.Select(k => k.Name).Distinct().Count());
        Assert.Equal(kernels.Count, kernels.Select(k => k.Method).Distinct().Count());

        // Four passes, three tiles, and of inner loops and copies: multiply-adds with all four, tensor cores with the two asynchronous ones.
        // Five more work batch-norms out (forward one, backward data one, backward filter three), with copies of 16 bytes only.
        Assert.Equal((4 * 3 * 6) + (5 * 3 * 3), kernels.Count(k => k.Method.Name == "Run"));
        Assert.Equal((4 * 3 * 2) + (5 * 3), kernels.Count(k => k.TensorCores));
        Assert.All(kernels.Where(k => k.TensorCores), k => Assert.Equal(80, k.Capability));
        Assert.Equal((3 + 5) * 3, kernels.Count(k => k.IsMain));
    }

    [Theory]
    [InlineData(1, 16, 16, 1, 4, 32)]
    [InlineData(102400, 256, 64, 1, 108, 128)]
    [InlineData(102400, 16, 144, 1, 132, 32)]
    [InlineData(1600, 512, 4608, 1, 132, 128)]
    public void TilesFitTheColumnsAndFillTheDevice(long rows, int columns, int depth, int phases, int multiprocessors, int expected)
    {
        var plan = ProductPlan.Choose(rows, columns, depth, phases, multiprocessors, walks: false);
        Assert.Equal(expected, plan.Columns);
        Assert.Equal((rows + 127) / 128, plan.Down);
        Assert.Equal((columns + plan.Columns - 1) / plan.Columns, plan.Across);
    }

    [Theory]
    [InlineData(144, 16, 102400, 108)]
    [InlineData(2304, 256, 6400, 108)]
    [InlineData(100, 10, 2048, 132)]
    [InlineData(9, 1, 16, 1)]
    public void PartsOfASumFillTheDeviceAndAreLongEnough(int rows, int columns, int depth, int multiprocessors)
    {
        var plan = ProductPlan.Choose(rows, columns, depth, 1, multiprocessors, walks: true);
        var stages = (depth + 15) / 16;
        var blocks = plan.Down * plan.Across;
        Assert.InRange(plan.Parts, 1, Math.Max(1, stages / 16));
        Assert.True(plan.Parts == 1 || plan.Parts * blocks <= multiprocessors * 256L / plan.Columns);
        Assert.True((long)plan.Parts * rows * columns <= 1 << 24);
        Assert.InRange(stages, ((plan.Parts - 1) * plan.StagesOfPart) + 1, plan.Parts * plan.StagesOfPart);
    }

    [Fact]
    public void SeveralPhasesAreNotCutIntoParts() =>
        Assert.Equal(1, ProductPlan.Choose(400, 64, 4608, 4, 132, walks: false).Parts);
}
