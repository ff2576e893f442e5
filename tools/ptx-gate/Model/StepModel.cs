using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.PtxGate;

/// <summary>Time of a step from its launches: floors from data sheets, and an estimate from stated assumptions. Nothing here was measured.</summary>
internal static class StepModel
{
    private const int ImageSize = 32;
    private const int Classes = 10;
    private static readonly int[] Batches = [100, 256];

    /// <summary>Prints the tables for ResNet-50 on images of 32 x 32.</summary>
    public static void Print()
    {
        var model = ResNetBuilder.Random(Architecture.Find("resnet50"), ImageSize, cifarStem: true, () => 0).AddLinear(Classes);
        foreach (var card in Card.All)
        {
            foreach (var batch in Batches)
                Print(card, batch, StepLaunches.Of(model, batch, card.Multiprocessors));
        }
    }

    private static void Print(Card card, int batch, List<Launch> launches)
    {
        Write($"{card.Name}, ResNet-50, {ImageSize}x{ImageSize}, batch {batch}");
        Write($"{"kernel",-28} {"launches",8} {"GB",8} {"GFLOP",9} {"floor ms",9} {"model ms",9}");
        double floor = 0, estimate = 0;
        foreach (var group in launches.GroupBy(l => l.Kernel))
        {
            var (f, e) = (group.Sum(l => Floor(card, l)), group.Sum(l => Estimate(card, l)));
            floor += f;
            estimate += e;
            Write($"{group.Key,-28} {group.Count(),8} {group.Sum(l => l.Bytes) / 1e9,8:F2} {group.Sum(l => l.Operations) / 1e9,9:F1} {f * 1e3,9:F3} {e * 1e3,9:F3}");
        }

        var (eager, replay) = (launches.Count * Card.Launch, launches.Count * Card.Replay);
        Write($"{"all",-28} {launches.Count,8} {launches.Sum(l => l.Bytes) / 1e9,8:F2} {launches.Sum(l => l.Operations) / 1e9,9:F1} {floor * 1e3,9:F3} {estimate * 1e3,9:F3}");
        Summary("floors", batch, floor, replay, eager);
        Summary("model", batch, estimate, replay, eager);
        Write($"");
    }

    private static void Summary(string name, int batch, double kernels, double replay, double eager) => Write(
        $"{name}: {batch / (kernels + replay):F0} images/s with graph replay, of whose time launches are {replay / (kernels + replay):P1}; {batch / (kernels + eager):F0} without, {eager / (kernels + eager):P1}");

    private static double Floor(Card card, Launch launch) =>
        Math.Max(launch.Bytes / card.Bandwidth, launch.Operations / (launch.TensorCores ? card.Tf32 : card.Fp32));

    private static double Estimate(Card card, Launch launch)
    {
        var memory = launch.Bytes / (card.Bandwidth * Card.MemoryShare);
        if (launch.Rows == 0)
            return Math.Max(memory, launch.Operations / (card.Fp32 * 0.5));
        var terms = launch.Operations / (2.0 * launch.Rows * launch.Columns * launch.Phases);
        var plan = ProductPlan.Choose(launch.Rows, launch.Columns, (int)terms, launch.Phases, card.Multiprocessors, launch.Depth > 0);
        var blocks = (double)plan.Down * plan.Across * launch.Phases * plan.Parts;
        var depth = terms / plan.Parts;

        // The busiest multiprocessor decides, and what a block computes past the edges is thrown away.
        var busiest = Math.Ceiling(blocks / card.Multiprocessors);
        return Math.Max(memory, busiest * 128 * plan.Columns * depth * 2 * card.Multiprocessors / (card.Tf32 * card.TensorShare));
    }

    private static void Write(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
