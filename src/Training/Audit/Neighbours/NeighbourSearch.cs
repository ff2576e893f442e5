using System.Numerics.Tensors;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Exact nearest neighbours by cosine similarity: matrix products on the device, selection on the host.</summary>
/// <remarks>In sets above <see cref="MaxBank"/> samples the neighbours come from a random subset of that size, the same every time.</remarks>
internal sealed class NeighbourSearch
{
    /// <summary>The most samples that are searched among.</summary>
    public const int MaxBank = 50_000;

    private const int QueryRows = 1024;
    private const int BankRows = 8192;
    private const ulong Stream = 0x4E4E;

    /// <summary>Searches.</summary>
    /// <param name="device">The device.</param>
    /// <param name="x">Features, (n, d).</param>
    /// <param name="n">Samples.</param>
    /// <param name="k">Neighbours wanted.</param>
    /// <param name="cancel">Stops between blocks.</param>
    public static Neighbourhoods Run(Device device, float[] x, int n, int k, CancellationToken cancel)
    {
        var d = x.Length / n;
        var bank = Enumerable.Range(0, n).ToArray();
        if (n > MaxBank)
        {
            new Philox(0, Stream).Shuffle(bank.AsSpan());
            bank = [.. bank[..MaxBank].Order()];
        }

        k = Math.Min(k, bank.Length - 1);
        var units = Units(x, n, d);
        var result = new Neighbourhoods(k, new int[(long)n * k], new float[(long)n * k]);
        using var queries = device.Allocate<float>((long)QueryRows * d);
        using var rows = device.Allocate<float>((long)bank.Length * d);
        using var products = device.Allocate<float>((long)QueryRows * BankRows);
        for (var b = 0; b < bank.Length; b++)
            rows.CopyFrom(units.AsSpan(bank[b] * d, d), (long)b * d);
        for (var first = 0; first < n; first += QueryRows)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(QueryRows, n - first);
            queries.CopyFrom(units.AsSpan(first * d, count * d));
            var best = Enumerable.Range(0, count).Select(_ => new NearestList(k)).ToArray();
            for (var at = 0; at < bank.Length; at += BankRows)
            {
                var width = Math.Min(BankRows, bank.Length - at);
                device.Matrix.Multiply(count, width, d, 1, queries.View, false, rows.View.Slice((long)at * d, (long)width * d), true, 0, products.View);
                var cosines = products.View.Slice(0, (long)count * width).ToArray();
                Parallel.For(0, count, r => best[r].Add(cosines.AsSpan(r * width, width), bank.AsSpan(at, width), first + r));
            }

            for (var r = 0; r < count; r++)
                best[r].CopyTo(result.Samples.AsSpan((first + r) * k, k), result.Similarities.AsSpan((first + r) * k, k));
        }

        return result;
    }

    private static float[] Units(float[] x, int n, int d)
    {
        var units = new float[x.Length];
        Parallel.For(0, n, i =>
        {
            var row = x.AsSpan(i * d, d);
            TensorPrimitives.Divide(row, Math.Max(TensorPrimitives.Norm<float>(row), 1e-12f), units.AsSpan(i * d, d));
        });
        return units;
    }
}
