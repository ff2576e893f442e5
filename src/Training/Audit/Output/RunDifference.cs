using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What changed from one run to another: settings, accuracy, labels, predictions.</summary>
public static class RunDifference
{
    private const int MostPairs = 10;
    private static readonly HashSet<string> Uninteresting = ["name", "logs", "device", "threads", "workers"];

    /// <summary>Lines that say it.</summary>
    /// <param name="before">The first run's folder.</param>
    /// <param name="after">The second run's folder.</param>
    /// <exception cref="InputException">A folder is no finished run.</exception>
    public static IEnumerable<string> Lines(string before, string after)
    {
        string[] runs = [before, after];
        var settings = runs.Select(r => YamlSettings.Read(Path.Combine(r, RunFolder.ConfigFile))).ToArray();
        var tables = runs.Select(r => SampleTable.Read(Path.Combine(r, RunFolder.SamplesFile)).ToDictionary(s => s.Id, StringComparer.Ordinal)).ToArray();
        var accuracy = runs.Select(LastAccuracy).ToArray();
        return [.. Settings(settings[0], settings[1]), .. Accuracy(accuracy[0], accuracy[1]), .. Labels(tables[0], tables[1]), .. Predictions(tables[0], tables[1])];
    }

    private static IEnumerable<string> Settings(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var name in before.Keys.Union(after.Keys).Except(Uninteresting).Order(StringComparer.Ordinal))
        {
            var (a, b) = (before.GetValueOrDefault(name, ""), after.GetValueOrDefault(name, ""));
            if (a != b)
                yield return $"{name}: '{a}' -> '{b}'";
        }
    }

    private static IEnumerable<string> Accuracy((double Test, double Validation) a, (double Test, double Validation) b)
    {
        yield return Text($"test accuracy (last): {a.Test:P2} -> {b.Test:P2} ({100 * (b.Test - a.Test):+0.00;-0.00} points)");
        if (!double.IsNaN(a.Validation) && !double.IsNaN(b.Validation))
            yield return Text($"validation accuracy (last): {a.Validation:P2} -> {b.Validation:P2} ({100 * (b.Validation - a.Validation):+0.00;-0.00} points)");
    }

    private static IEnumerable<string> Labels(Dictionary<string, SampleRecord> before, Dictionary<string, SampleRecord> after)
    {
        var both = before.Keys.Where(after.ContainsKey).ToArray();
        var changed = both.Where(id => before[id].GivenLabel != after[id].GivenLabel).ToArray();
        yield return Text($"training samples: {before.Count} -> {after.Count}; {before.Count - both.Length} left out, {after.Count - both.Length} new, {changed.Length} with another label");
        foreach (var line in Pairs("label", changed.Select(id => (before[id].GivenLabel, after[id].GivenLabel))))
            yield return line;
        if (both.Any(id => before[id].TrueLabel is not null && before[id].TrueLabel != before[id].GivenLabel))
            yield return Text($"labels that are the true ones: {Share(before.Values, s => s.GivenLabel)} -> {Share(after.Values, s => s.GivenLabel)}");
    }

    private static IEnumerable<string> Predictions(Dictionary<string, SampleRecord> before, Dictionary<string, SampleRecord> after)
    {
        var both = before.Keys.Where(after.ContainsKey).Where(id => before[id].PredictedLabel is not null && after[id].PredictedLabel is not null).ToArray();
        var changed = both.Where(id => before[id].PredictedLabel != after[id].PredictedLabel).ToArray();
        yield return Text($"predictions on the samples of both: {changed.Length} of {both.Length} changed");
        foreach (var line in Pairs("prediction", changed.Select(id => (before[id].PredictedLabel!.Value, after[id].PredictedLabel!.Value))))
            yield return line;
        var known = both.Where(id => before[id].TrueLabel is not null).ToArray();
        if (known.Length == 0)
            yield break;
        int Right(Dictionary<string, SampleRecord> table) => known.Count(id => table[id].PredictedLabel == before[id].TrueLabel);
        yield return Text($"predictions that are the true label: {Right(before)} -> {Right(after)} of {known.Length}");
    }

    private static IEnumerable<string> Pairs(string what, IEnumerable<(int From, int To)> changes) => changes
        .GroupBy(c => c)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
        .Take(MostPairs)
        .Select(g => Text($"  {what} {g.Key.From} -> {g.Key.To}: {g.Count()}"));

    private static string Share(IEnumerable<SampleRecord> samples, Func<SampleRecord, int> label)
    {
        var known = samples.Where(s => s.TrueLabel is not null).ToArray();
        return Text($"{known.Count(s => label(s) == s.TrueLabel) / (double)known.Length:P2}");
    }

    /// <summary>The last accuracies of the run's metrics.</summary>
    private static (double Test, double Validation) LastAccuracy(string run)
    {
        var path = Path.Combine(run, MetricsLog.MetricsName + ".csv");
        if (!File.Exists(path))
            throw new InputException($"{run}: the folder of a run expected, one without {MetricsLog.MetricsName}.csv came");
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var line = 0;
        var header = Csv.ReadRecord(reader, ref line) ?? [];
        var (test, validation, last) = (double.NaN, double.NaN, (List<string>?)null);
        var (testAt, validationAt) = (header.IndexOf("test_acc"), header.IndexOf("val_acc"));
        while ((last = Csv.ReadRecord(reader, ref line)) is not null)
        {
            test = Number(last, testAt, test);
            validation = Number(last, validationAt, validation);
        }

        return (test, validation);
    }

    private static double Number(List<string> fields, int at, double otherwise) =>
        at >= 0 && at < fields.Count && double.TryParse(fields[at], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
