using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Ways to choose the wrong labels, by name: a new one is a method and one line here.</summary>
public static class IssueFilters
{
    /// <summary>The filter that is used where none is named.</summary>
    public const string Default = "prune_by_noise_rate";

    private static readonly SortedDictionary<string, Func<ConfidentLearning, bool[]>> Entries = new(StringComparer.Ordinal)
    {
        [Default] = PruneByNoiseRate,
        ["prune_by_class"] = PruneByClass,
        ["both"] = Both,
        ["confident_learning"] = OffDiagonal,
        ["predicted_neq_given"] = PredictedNotGiven,
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>Applies a filter.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="estimates">The estimates.</param>
    /// <returns>Whether each label is an issue, [sample]. Labels that are the most probable class never are.</returns>
    /// <exception cref="InputException">The name is not known.</exception>
    public static bool[] Apply(string name, ConfidentLearning estimates)
    {
        if (!Entries.TryGetValue(name, out var filter))
            throw SettingsReader.Error("filter", $"one of {string.Join(", ", Names)}", name);
        var issues = filter(estimates);
        for (var i = 0; i < issues.Length; i++)
            issues[i] &= !estimates.Scores.GivenIsTop[i];
        return issues;
    }

    /// <summary>For every pair of given and true class as many samples as the joint counts, those with the largest p_true - p_given.</summary>
    private static bool[] PruneByNoiseRate(ConfidentLearning e)
    {
        var classes = e.Probabilities.Classes;
        var prune = PruneCounts.Of(e.Joint);
        var heaps = new LargestMargins?[classes, classes];
        var targets = new int[classes][];
        for (var given = 0; given < classes; given++)
        {
            targets[given] = e.Counts[given] > PruneCounts.Kept ? [.. Enumerable.Range(0, classes).Where(y => y != given && prune[y, given] > 0)] : [];
            foreach (var y in targets[given])
                heaps[given, y] = new LargestMargins(prune[y, given]);
        }

        RowBlocks.InOrder(e.Probabilities, (first, rows) => Offer(e.Labels, classes, targets, heaps, first, rows));
        var issues = new bool[e.Labels.Length];
        foreach (var sample in heaps.Cast<LargestMargins?>().Where(h => h is not null).SelectMany(h => h!.Samples))
            issues[sample] = true;
        return issues;
    }

    private static void Offer(int[] labels, int classes, int[][] targets, LargestMargins?[,] heaps, int first, ReadOnlySpan<float> rows)
    {
        for (var r = 0; r < rows.Length / classes; r++)
        {
            var row = rows.Slice(r * classes, classes);
            var given = labels[first + r];
            foreach (var y in targets[given])
                heaps[given, y]!.Add(first + r, row[y] - row[given]);
        }
    }

    /// <summary>For every given class as many samples as the joint counts off its diagonal, those with the smallest p_given.</summary>
    private static bool[] PruneByClass(ConfidentLearning e)
    {
        var prune = PruneCounts.Of(e.Joint);
        var issues = new bool[e.Labels.Length];
        foreach (var group in Enumerable.Range(0, issues.Length).GroupBy(i => e.Labels[i]))
        {
            var number = e.Counts[group.Key] - prune[group.Key, group.Key];
            if (e.Counts[group.Key] <= PruneCounts.Kept || number < 1)
                continue;
            foreach (var i in group.OrderBy(i => e.Scores.SelfConfidence[i]).Take(number))
                issues[i] = true;
        }

        return issues;
    }

    private static bool[] Both(ConfidentLearning e) => [.. PruneByNoiseRate(e).Zip(PruneByClass(e), (a, b) => a && b)];

    private static bool[] OffDiagonal(ConfidentLearning e)
    {
        var issues = new bool[e.Labels.Length];
        foreach (var i in e.OffDiagonal)
            issues[i] = true;
        return issues;
    }

    private static bool[] PredictedNotGiven(ConfidentLearning e) => [.. e.Scores.Predicted.Zip(e.Labels, (p, y) => p != y)];
}
