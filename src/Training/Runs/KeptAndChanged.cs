using System.Runtime.InteropServices;

namespace CudaNoisy.Training;

/// <summary>One number an image over a stretch of training, its weight or its loss, told apart by what the noise did to the label.</summary>
public sealed class KeptAndChanged
{
    private readonly List<float> _kept = [];
    private readonly List<float> _changed = [];
    private readonly List<float> _unknown = [];

    /// <summary>Mean over images whose label is the true one.</summary>
    public double MeanKept => Average(_kept);

    /// <summary>Mean over images whose label the noise changed.</summary>
    public double MeanChanged => Average(_changed);

    /// <summary>The numbers of images whose label is the true one.</summary>
    public IReadOnlyList<float> Kept => _kept;

    /// <summary>The numbers of images whose label the noise changed.</summary>
    public IReadOnlyList<float> Changed => _changed;

    /// <summary>The numbers of images whose true label nobody knows.</summary>
    public IReadOnlyList<float> Unknown => _unknown;

    /// <summary>Adds the numbers of a batch.</summary>
    /// <param name="indices">The images, [n].</param>
    /// <param name="values">The numbers, [n], or empty for none.</param>
    /// <param name="given">The labels trained with, by image.</param>
    /// <param name="truth">The labels before the noise, by image, -1 where unknown.</param>
    public void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int[] given, int[] truth)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var image = indices[i];
            (truth[image] < 0 ? _unknown : given[image] == truth[image] ? _kept : _changed).Add(values[i]);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _kept.Clear();
        _changed.Clear();
        _unknown.Clear();
    }

    /// <summary>The probability that a kept label's number is above a changed one's, ties half: the area under the detector's ROC curve.</summary>
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

    /// <summary>Adds the numbers to a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint being written.</param>
    /// <param name="name">What the sections' names begin with.</param>
    public void Save(CheckpointWriter checkpoint, string name)
    {
        checkpoint.Add(name + "/kept", CollectionsMarshal.AsSpan(_kept));
        checkpoint.Add(name + "/changed", CollectionsMarshal.AsSpan(_changed));
        checkpoint.Add(name + "/unknown", CollectionsMarshal.AsSpan(_unknown));
    }

    /// <summary>Takes the numbers from a checkpoint.</summary>
    /// <inheritdoc cref="Save"/>
    public void Load(CheckpointReader checkpoint, string name)
    {
        Clear();
        _kept.AddRange(checkpoint.GetFloats(name + "/kept"));
        _changed.AddRange(checkpoint.GetFloats(name + "/changed"));
        _unknown.AddRange(checkpoint.GetFloats(name + "/unknown"));
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
