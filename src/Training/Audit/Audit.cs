using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Finds wrong labels: features, out-of-sample probabilities, confident learning, neighbours, a run's ledger, one ranking.</summary>
public static class Audit
{
    private const ulong Seed = 0;

    /// <summary>Runs an audit.</summary>
    /// <param name="options">Options.</param>
    /// <param name="say">Hears how it goes.</param>
    /// <param name="cancel">Stops between steps.</param>
    /// <exception cref="InputException">A file or a value is not as it should be.</exception>
    public static AuditResult Run(AuditOptions options, Action<string> say, CancellationToken cancel)
    {
        if (options.Probabilities.Length > 0)
            return OfProbabilities(options, say);
        using var device = DeviceFactory.Open(options.Data.Device, options.Data.Threads);
        var (subject, features) = options.HasImages ? Images(options, say, cancel) : Vectors(options, say);
        say(FormattableString.Invariant($"{device.Id}: {subject.Count} samples, {subject.ClassNames.Count} classes, {features.Width} features"));
        return OfFeatures(options, device, subject, features, say, cancel);
    }

    /// <summary>Threads that a command's options ask for.</summary>
    internal static int Threads(AuditOptions options) => options.Data.Threads > 0 ? options.Data.Threads : Environment.ProcessorCount;

    private static AuditResult OfProbabilities(AuditOptions options, Action<string> say)
    {
        using var file = new ProbabilityFile(options.Probabilities);
        var subject = AuditSubjects.OfLabels(options, file.Count, say);
        if (file.Classes > subject.ClassNames.Count)
        {
            say($"warning: {options.Probabilities} has {file.Classes} columns, the labels have {subject.ClassNames.Count} classes");
            subject = subject with { ClassNames = [.. subject.ClassNames, .. Numbers.Of(file.Classes).Skip(subject.ClassNames.Count)] };
        }

        var confident = ConfidentLearning.Estimate(file, subject.Given, Threads(options));
        var wrong = Array.ConvertAll(confident.Scores.SelfConfidence, p => 1 - (double)p);
        var filtered = IssueFilters.Apply(options.Filter, confident);
        var suggested = Suggestions.FromPredictions(confident);
        say($"confident learning on {file.Count} x {file.Classes} probabilities");
        return new AuditResult
        {
            Subject = subject,
            Confident = confident,
            Wrong = wrong,
            Suggested = suggested,
            Filtered = filtered,
        };
    }

    private static (AuditSubject Subject, FeatureTable Features) Images(AuditOptions options, Action<string> say, CancellationToken cancel)
    {
        using var encoder = new EncoderFeatures(options, say);
        var subject = AuditSubjects.OfImages(options, encoder.ImageSize, say);
        return (subject, encoder.Get(subject, say, cancel));
    }

    private static (AuditSubject Subject, FeatureTable Features) Vectors(AuditOptions options, Action<string> say)
    {
        var features = FeatureTable.Read(options.Features);
        return (AuditSubjects.OfLabels(options, features.Count, say), features);
    }

    private static AuditResult OfFeatures(AuditOptions options, Device device, AuditSubject subject, FeatureTable features, Action<string> say, CancellationToken cancel)
    {
        var (labels, classes) = (subject.Given, subject.ClassNames.Count);
        var x = features.Standardized();
        var fit = CrossValidation.Run(device, x, labels, classes, options.Folds, Seed, cancel);
        say($"{options.Folds} heads trained together");
        var confident = ConfidentLearning.Estimate(new ProbabilityMatrix(fit.GivenProbabilities, classes), labels, Threads(options));
        var near = NeighbourSearch.Run(device, WithoutOnes(x, features.Width), subject.Count, options.Neighbours, cancel);
        var votes = NeighbourVotes.Count(near, labels, fit.Transition, classes);
        say($"{near.K} neighbours a sample");
        var noise = NoiseEstimate.From(fit, labels, classes, options.Resamples, Seed);
        var head = Transitions.WrongProbability(fit.TrueProbabilities, fit.Transition, labels);
        return new AuditResult
        {
            Subject = subject,
            Confident = confident,
            HeadWrong = head,
            Wrong = CombinedRanking.Combine(head, AuditSignals.Of(votes, subject), labels, classes),
            Suggested = Suggestions.FromBeliefs(fit, subject),
            Filtered = IssueFilters.Apply(options.Filter, confident),
            Noise = noise,
            Advice = Recommendation.For(noise, subject.ClassNames),
            Disagreement = votes.Disagreement,
            DuplicateOf = votes.DuplicateOf,
        };
    }

    private static float[] WithoutOnes(float[] x, int width)
    {
        var n = x.Length / (width + 1);
        var rows = new float[n * width];
        for (var i = 0; i < n; i++)
            x.AsSpan(i * (width + 1), width).CopyTo(rows.AsSpan(i * width));
        return rows;
    }
}
