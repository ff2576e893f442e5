namespace CudaNoisy.Training;

/// <summary>The weights of a stretch of training, told apart by what the noise did to the label.</summary>
public sealed class WeightStatistics
{
    private readonly List<float> _kept = [];
    private readonly List<float> _changed = [];

    /// <summary>Mean weight.</summary>
    public double Mean => Average(_kept.Concat(_changed));

    /// <summary>Mean weight of images whose label is the true one.</summary>
    public double MeanKept => Average(_kept);

    /// <summary>Mean weight of images whose label the noise changed.</summary>
    public double MeanChanged => Average(_changed);

    /// <summary>All weights.</summary>
    public IReadOnlyList<float> All => [.. _kept, .. _changed];

    /// <summary>Adds weights of a batch.</summary>
    public void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, int[] given, int[] truth)
    {
        for (var i = 0; i < weights.Length; i++)
            (given[indices[i]] == truth[indices[i]] ? _kept : _changed).Add(weights[i]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _kept.Clear();
        _changed.Clear();
    }

    /// <summary>The probability that a kept label's weight is above a changed one's, ties half: the area under the detector's ROC curve.</summary>
    public double Auc()
    {
        if (_kept.Count == 0 || _changed.Count == 0)
            return double.NaN;
        var all = _kept.Select(w => (w, kept: true)).Concat(_changed.Select(w => (w, kept: false))).OrderBy(p => p.w).ToArray();
        double rankSum = 0;
        for (var i = 0; i < all.Length;)
        {
            var j = i;
            while (j < all.Length && all[j].w == all[i].w)
                j++;
            var rank = (i + j + 1) / 2.0;
            for (; i < j; i++)
                rankSum += all[i].kept ? rank : 0;
        }

        return (rankSum - (_kept.Count * (_kept.Count + 1.0) / 2)) / ((double)_kept.Count * _changed.Count);
    }

    private static double Average(IEnumerable<float> values)
    {
        double sum = 0;
        long count = 0;
        foreach (var value in values)
        {
            sum += value;
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
