namespace CudaNoisy.Training;

/// <summary>The signals beside the heads: the neighbours' votes, and what a training run learnt.</summary>
internal static class AuditSignals
{
    /// <summary>What a signal from the same features as the heads' counts at most.</summary>
    private const double SameFeatures = 0.6;

    /// <summary>What the training run's signals count at most together.</summary>
    private const double OtherNetwork = 1.2;

    /// <summary>The signals, [sample], and what each counts at most.</summary>
    public static List<(double[] Values, double Weight)> Of(NeighbourVotes votes, AuditSubject subject)
    {
        var signals = new List<(double[] Values, double Weight)> { (votes.Wrong, SameFeatures) };
        if (subject.Ledger is not { } ledger)
            return signals;
        var weights = Array.ConvertAll(ledger, r => -r.MeanWeight);
        var hasWeights = !weights.All(w => double.IsNaN(w) || w == -1);
        signals.Add((Array.ConvertAll(ledger, r => r.MeanLoss), hasWeights ? OtherNetwork / 2 : OtherNetwork));
        if (hasWeights)
            signals.Add((weights, OtherNetwork / 2));
        signals.Add((Array.ConvertAll(ledger, r => r.Seen > 1 ? (double)r.Flips / r.Seen : double.NaN), OtherNetwork / 2));
        return signals;
    }
}
