namespace CudaNoisy.Training;

/// <summary>What the ledger says about the labels: observed transitions, accuracy by class on kept and on changed labels, and which labels look wrong. One pass over the samples.</summary>
internal sealed class LedgerSummary
{
    public const int LossBins = 40;
    public const double MaxLoss = 8;
    public const int WeightBins = 40;
    private const int Suspects = 20;

    private readonly PriorityQueue<SampleRecord, float> _suspects = new();

    /// <summary>Summarises samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="classes">Number of classes.</param>
    public LedgerSummary(IEnumerable<SampleRecord> samples, int classes)
    {
        Transitions = new int[classes, classes];
        Classes = [.. Enumerable.Range(0, classes).Select(_ => new ClassCounts())];
        foreach (var sample in samples)
            Add(sample, classes);
    }

    /// <summary>Training images.</summary>
    public int Count { get; private set; }

    /// <summary>Training images whose true label is known.</summary>
    public int Known { get; private set; }

    /// <summary>Training images whose label is known to be changed.</summary>
    public int Changed { get; private set; }

    /// <summary>Mean number of times that an image's prediction flipped.</summary>
    public double MeanFlips => Count == 0 ? double.NaN : (double)FlipSum / Count;

    /// <summary>Counts by true and given label.</summary>
    public int[,] Transitions { get; }

    /// <summary>By true class.</summary>
    public IReadOnlyList<ClassCounts> Classes { get; }

    /// <summary>Counts of mean losses, [kept or changed, bin]; the last bin has all above.</summary>
    public int[,] Losses { get; } = new int[2, LossBins];

    /// <summary>Counts of mean weights, [kept or changed, bin].</summary>
    public int[,] Weights { get; } = new int[2, WeightBins];

    /// <summary>Images whose prediction contradicts their label with the highest probability, highest first.</summary>
    public IReadOnlyList<SampleRecord> MostSuspicious => [.. _suspects.UnorderedItems.OrderByDescending(s => s.Priority).ThenBy(s => s.Element.Id, StringComparer.Ordinal).Select(s => s.Element)];

    private long FlipSum { get; set; }

    private void Add(SampleRecord sample, int classes)
    {
        Count++;
        FlipSum += sample.Flips;
        if (sample.PredictedLabel is { } predicted && predicted != sample.GivenLabel && !float.IsNaN(sample.Probability))
        {
            _suspects.Enqueue(sample, sample.Probability);
            if (_suspects.Count > Suspects)
                _suspects.Dequeue();
        }

        if (sample.TrueLabel is not { } truth || truth >= classes || sample.GivenLabel >= classes)
            return;
        Known++;
        Transitions[truth, sample.GivenLabel]++;
        var changed = truth != sample.GivenLabel;
        Changed += changed ? 1 : 0;
        if (!double.IsNaN(sample.MeanLoss))
            Losses[changed ? 1 : 0, Math.Clamp((int)(sample.MeanLoss / MaxLoss * LossBins), 0, LossBins - 1)]++;
        if (!double.IsNaN(sample.MeanWeight))
            Weights[changed ? 1 : 0, Math.Clamp((int)(sample.MeanWeight * WeightBins), 0, WeightBins - 1)]++;
        if (sample.PredictedLabel is not null)
            Classes[truth].Add(changed, sample.PredictedLabel == truth, sample.PredictedLabel == sample.GivenLabel);
    }

    /// <summary>A true class's images with a prediction.</summary>
    internal sealed class ClassCounts
    {
        /// <summary>Images whose label was kept.</summary>
        public int Kept { get; private set; }

        /// <summary>Those of them that are predicted right.</summary>
        public int KeptRight { get; private set; }

        /// <summary>Images whose label was changed.</summary>
        public int Changed { get; private set; }

        /// <summary>Those of them that are predicted as their true class.</summary>
        public int ChangedRight { get; private set; }

        /// <summary>Those of them that are predicted as their wrong label: learnt by heart.</summary>
        public int ChangedLearnt { get; private set; }

        public void Add(bool changed, bool right, bool asGiven)
        {
            if (changed)
            {
                Changed++;
                ChangedRight += right ? 1 : 0;
                ChangedLearnt += asGiven ? 1 : 0;
            }
            else
            {
                Kept++;
                KeptRight += right ? 1 : 0;
            }
        }
    }
}
