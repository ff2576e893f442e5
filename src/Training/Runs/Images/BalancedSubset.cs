namespace CudaNoisy.Training;

/// <summary>A pass over a class-balanced part of the images, drawn anew every pass: of a random order, those whose class is not yet full (the reference's for Clothing1M).</summary>
internal sealed class BalancedSubset
{
    private readonly int[] _labels;
    private readonly int[] _taken;
    private readonly int _most;

    /// <summary>A subset.</summary>
    /// <param name="indices">The images to draw from.</param>
    /// <param name="labels">Given labels, by image.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="size">Images a pass; fewer where a class has less than its share.</param>
    public BalancedSubset(int[] indices, int[] labels, int classes, int size)
    {
        _labels = labels;
        _taken = new int[classes];
        _most = (size + classes - 1) / classes;
        foreach (var i in indices)
            _taken[labels[i]]++;
        Size = (int)Math.Min(size, _taken.Sum(count => (long)Math.Min(count, _most)));
    }

    /// <summary>Images a pass.</summary>
    public int Size { get; }

    /// <summary>Fills <paramref name="chosen"/> from a shuffled order of all images.</summary>
    public void Choose(ReadOnlySpan<int> shuffled, Span<int> chosen)
    {
        Array.Clear(_taken);
        var count = 0;
        for (var i = 0; i < shuffled.Length && count < Size; i++)
        {
            if (_taken[_labels[shuffled[i]]]++ < _most)
                chosen[count++] = shuffled[i];
        }
    }
}
