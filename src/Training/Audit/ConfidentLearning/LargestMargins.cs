namespace CudaNoisy.Training;

/// <summary>The n samples with the largest margins, of equals the first ones; fed one sample after another in ascending order.</summary>
internal sealed class LargestMargins(int capacity)
{
    private static readonly Comparer<(float Margin, int Sample)> WorstFirst = Comparer<(float Margin, int Sample)>.Create((a, b) =>
        a.Margin != b.Margin ? a.Margin.CompareTo(b.Margin) : b.Sample.CompareTo(a.Sample));

    private readonly PriorityQueue<int, (float Margin, int Sample)> _heap = new(WorstFirst);
    private float _smallest = float.NegativeInfinity;

    /// <summary>The samples kept, in no particular order.</summary>
    public IEnumerable<int> Samples => _heap.UnorderedItems.Select(item => item.Element);

    public void Add(int sample, float margin)
    {
        if (_heap.Count < capacity)
            _heap.Enqueue(sample, (margin, sample));
        else if (margin > _smallest)
            _heap.DequeueEnqueue(sample, (margin, sample));
        else
            return;
        if (_heap.Count == capacity && _heap.TryPeek(out _, out var worst))
            _smallest = worst.Margin;
    }
}
