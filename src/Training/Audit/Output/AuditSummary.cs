using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>What an audit says in a few lines.</summary>
public static class AuditSummary
{
    /// <summary>The lines.</summary>
    /// <param name="result">The audit.</param>
    public static IEnumerable<string> Lines(AuditResult result)
    {
        var subject = result.Subject;
        yield return Text($"{subject.Name}: {subject.Count} samples, {subject.ClassNames.Count} classes");
        if (result.Noise is { } noise)
        {
            yield return Text($"wrong labels: {noise.Rate:P1} (95% interval {noise.Low:P1} to {noise.High:P1})");
            yield return Text($"more likely wrong than right: {result.Wrong.Count(p => p > 0.5)} samples");
        }

        yield return Text($"confident learning: {result.Confident.IssueCount} issues, {result.Filtered.Count(f => f)} chosen by the filter");
        if (result.DuplicateOf.Length > 0)
            yield return Text($"near-duplicates with another label: {result.DuplicateOf.Count(d => d >= 0)} samples");
        if (result.Advice is { } advice)
            yield return $"recommended: {advice.Settings} - {advice.Reason}";
        foreach (var line in AgainstTruth(result))
            yield return line;
    }

    /// <summary>Where the truth is known: how well each signal finds the wrong labels.</summary>
    private static IEnumerable<string> AgainstTruth(AuditResult result)
    {
        if (result.Subject.Truth is not { } truth)
            yield break;
        var wrong = truth.Zip(result.Subject.Given, (t, g) => t != g).ToArray();
        if (wrong.All(w => w) || !wrong.Any(w => w))
            yield break;
        yield return Text($"against the true labels ({wrong.Count(w => w) / (double)wrong.Length:P2} wrong):");
        yield return "signal                 AUROC  F1 at the true number  F1 at its own cut";
        foreach (var (name, scores, chosen) in Signals(result))
        {
            yield return Text(
                $"{name,-20}  {RankQuality.Auroc(scores, wrong):F4}  {RankQuality.F1AtTrueCount(scores, wrong),21:F4}  {(chosen is null ? "-" : RankQuality.F1(chosen, wrong).ToString("F4", CultureInfo.InvariantCulture)),17}");
        }
    }

    private static IEnumerable<(string Name, double[] Scores, Func<int, bool>? Chosen)> Signals(AuditResult result)
    {
        yield return ("combined", result.Wrong, i => result.Wrong[i] > 0.5);
        yield return ("confident learning", Array.ConvertAll(result.Confident.Scores.SelfConfidence, p => 1 - (double)p), i => result.Filtered[i]);
        if (result.HeadWrong.Length > 0)
            yield return ("corrected heads", result.HeadWrong, i => result.HeadWrong[i] > 0.5);
        if (result.Disagreement.Length > 0)
            yield return ("neighbours", result.Disagreement, i => result.Disagreement[i] > 0.5);
        if (result.Subject.Ledger is { } ledger)
            yield return ("loss of the run", Array.ConvertAll(ledger, r => double.IsNaN(r.MeanLoss) ? 0 : r.MeanLoss), null);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
