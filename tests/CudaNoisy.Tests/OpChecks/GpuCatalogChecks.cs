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
        Assert.Equal(4 * 3 * 6, kernels.Count(k => k.Method.Name == "Run"));
        Assert.Equal(4 * 3 * 2, kernels.Count(k => k.TensorCores));
        Assert.All(kernels.Where(k => k.TensorCores), k => Assert.Equal(80, k.Capability));
        Assert.Equal(3 * 3, kernels.Count(k => k.IsMain));
    }

    [Theory]
    [InlineData(1, 16, 1, 4, 32)]
    [InlineData(25600, 64, 1, 108, 64)]
    [InlineData(102400, 256, 1, 108, 128)]
    [InlineData(1600, 512, 1, 132, 64)]
    public void TilesFitTheColumnsAndFillTheDevice(long rows, int columns, int phases, int multiprocessors, int expected)
    {
        var plan = ProductPlan.Choose(rows, columns, phases, multiprocessors);
        Assert.Equal(expected, plan.Columns);
        Assert.Equal((rows + 127) / 128 * ((columns + plan.Columns - 1) / plan.Columns), plan.Blocks);
    }

    [Theory]
    [InlineData(144, 16, 102400, 108)]
    [InlineData(2304, 256, 6400, 108)]
    [InlineData(9, 1, 16, 1)]
    public void PartsOfASumFillTheDeviceAndAreLongEnough(int rows, int columns, int depth, int multiprocessors)
    {
        var plan = ProductPlan.Choose(rows, columns, 1, multiprocessors);
        var parts = plan.Parts(depth, 16, 1 << 24);
        Assert.InRange(parts, 1, Math.Max(1, ((depth + 15) / 16) / 16));
        Assert.True(parts * plan.Blocks <= Math.Max(plan.Slots, plan.Blocks));
        Assert.True(parts == 1 || parts * plan.Blocks * 128 * plan.Columns <= 1 << 24);
    }
}
