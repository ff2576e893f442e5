using System.Numerics.Tensors;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Classification by the k most similar labelled features: cosines by matrix products on the device, votes that weigh exp((cosine - 1) / 0.1).</summary>
internal static class NeighbourVote
{
    /// <summary>Neighbours that vote.</summary>
    public const int Neighbours = 20;

    private const int QueryRows = 512;
    private const double Temperature = 0.1;

    /// <summary>Share of queries whose neighbours' vote is their label; NaN without queries.</summary>
    /// <param name="device">The device.</param>
    /// <param name="features">Length of a feature.</param>
    /// <param name="bank">Features to search, (m,features).</param>
    /// <param name="bankLabels">Their labels, m.</param>
    /// <param name="queries">Features to classify, (n,features).</param>
    /// <param name="labels">Their labels, n.</param>
    /// <param name="cancel">Stops between blocks.</param>
    public static double Accuracy(Device device, int features, float[] bank, int[] bankLabels, float[] queries, int[] labels, CancellationToken cancel)
    {
        var (m, n) = (bankLabels.Length, labels.Length);
        if (n == 0)
            return double.NaN;
        using var rows = device.Allocate<float>(bank.Length);
        using var some = device.Allocate<float>((long)QueryRows * features);
        using var products = device.Allocate<float>((long)QueryRows * m);
        rows.CopyFrom(Units(bank, features));
        var units = Units(queries, features);
        var right = new int[n];
        for (var first = 0; first < n; first += QueryRows)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(QueryRows, n - first);
            some.CopyFrom(units.AsSpan(first * features, count * features));
            device.Matrix.Multiply(count, m, features, 1, some.View, false, rows.View, true, 0, products.View);
            var cosines = products.View.Slice(0, (long)count * m).ToArray();
            Parallel.For(0, count, i => right[first + i] = Vote(cosines.AsSpan(i * m, m), bankLabels) == labels[first + i] ? 1 : 0);
        }

        return (double)right.Sum() / n;
    }

    private static int Vote(ReadOnlySpan<float> cosines, int[] labels)
    {
        var count = Math.Min(Neighbours, cosines.Length);
        Span<int> nearest = stackalloc int[count];
        var found = 0;
        for (var j = 0; j < cosines.Length; j++)
        {
            if (found == count && cosines[j] <= cosines[nearest[count - 1]])
                continue;
            var at = found < count ? found++ : count - 1;
            for (; at > 0 && cosines[nearest[at - 1]] < cosines[j]; at--)
                nearest[at] = nearest[at - 1];
            nearest[at] = j;
        }

        var votes = new double[labels.Max() + 1];
        foreach (var j in nearest)
            votes[labels[j]] += Math.Exp((cosines[j] - 1) / Temperature);
        return Array.IndexOf(votes, votes.Max());
    }

    private static float[] Units(float[] x, int features)
    {
        var units = new float[x.Length];
        for (var i = 0; i < x.Length; i += features)
        {
            var row = x.AsSpan(i, features);
            TensorPrimitives.Divide(row, Math.Max(TensorPrimitives.Norm<float>(row), 1e-12f), units.AsSpan(i, features));
        }

        return units;
    }
}
