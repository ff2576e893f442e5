using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using CudaNoisy.Runtime;

namespace CudaNoisy.Bench;

/// <summary>GFLOP/s or GB/s of a kernel's median, and its share of what the machine was measured to do.</summary>
internal sealed class RateColumn(bool share) : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => share ? "Of peak" : "Rate";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => share ? 1 : 0;

    public bool IsNumeric => false;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => share
        ? $"Share of this machine's measured {MachinePeak.Measured.GigaflopsPerSecond:F0} GFLOP/s or, for kernels bound by memory, {MachinePeak.Measured.GigabytesPerSecond:F0} GB/s (a copy larger than the caches)"
        : "By the median time; a Winograd convolution counts the operations of the direct one";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (summary[benchmarkCase]?.ResultStatistics?.Median is not { } nanoseconds)
            return "-";
        using var device = new HostDevice();
        var kernel = Kernels.Create((string)benchmarkCase.Parameters[nameof(KernelBenchmarks.Kernel)], device);
        var (rate, unit, peak) = kernel.Flops > 0
            ? (kernel.Flops / nanoseconds, "GFLOP/s", MachinePeak.Measured.GigaflopsPerSecond)
            : (kernel.Bytes / nanoseconds, "GB/s", MachinePeak.Measured.GigabytesPerSecond);
        return share ? (rate / peak).ToString("P0", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{rate:F1} {unit}");
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
