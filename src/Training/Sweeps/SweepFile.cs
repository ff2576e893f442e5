using System.Globalization;
using CudaNoisy.Runtime;
using YamlDotNet.RepresentationModel;

namespace CudaNoisy.Training;

/// <summary>A sweep's YAML file: what all runs share, the grid, and how its table is laid out.</summary>
internal sealed class SweepFile
{
    private const int MaxRuns = 10_000;
    private static readonly string[] Keys = ["name", "config", "settings", "grid", "columns", "repeats", "gain", "accuracy", "jobs"];

    /// <summary>What a run of a sweep is not told by a setting.</summary>
    private static readonly string[] Reserved = ["name", "logs"];

    private readonly string _path;
    private readonly SweepOverrides _overrides;
    private readonly Dictionary<string, YamlNode> _entries = [];

    public SweepFile(string path, SweepOverrides overrides)
    {
        _path = path;
        _overrides = overrides;
        foreach (var (key, value) in (YamlSettings.Load(path) ?? []).Children)
        {
            var name = key is YamlScalarNode { Value: { } text } ? text : "";
            if (!Keys.Contains(name))
                throw Error($"one of {string.Join(", ", Keys)} expected at line {key.Start.Line}, '{key}' came");
            _entries[name] = value;
        }
    }

    public SweepPlan Plan()
    {
        var name = Text("name", Path.GetFileNameWithoutExtension(_path));
        var axes = Axes();
        var jobs = _overrides.Jobs ?? Text("jobs", "1");
        if (!int.TryParse(jobs, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 256)
            throw Error($"jobs: a whole number from 1 to 256 expected, '{jobs}' came");
        var accuracy = Text("accuracy", SweepPlan.Accuracies[0]);
        if (!SweepPlan.Accuracies.Contains(accuracy))
            throw Error($"accuracy: one of {string.Join(", ", SweepPlan.Accuracies)} expected, '{accuracy}' came");
        var (columns, repeats, gain) = (AxisOf("columns", axes), AxisOf("repeats", axes), AxisOf("gain", axes));
        if (columns == repeats && columns is not null || gain is not null && (gain == columns || gain == repeats))
            throw Error("columns, repeats and gain: three different axes expected");
        var logs = _overrides.Logs ?? "logs";
        if (!RunFolder.IsName(name))
            throw Error($"name: a name for one folder expected, '{name}' came");
        if (File.Exists(Path.Combine(logs, name, RunFolder.ConfigFile)))
            throw Error($"name: {Path.Combine(logs, name)} is a run's folder; choose another name for the sweep");
        return new SweepPlan
        {
            Name = name,
            Folder = Path.Combine(Path.GetFullPath(logs), name),
            Axes = axes,
            Runs = Runs(axes, Path.Combine(logs, name), count),
            Columns = columns ?? Enumerable.Range(0, axes.Count).Last(a => a != repeats && a != gain || axes.Count == 1),
            Repeats = repeats,
            Gain = gain,
            Accuracy = accuracy,
            Jobs = count,
        };
    }

    private List<SweepAxis> Axes()
    {
        if (_entries.GetValueOrDefault("grid") is not YamlMappingNode { Children.Count: > 0 } grid)
            throw Error("grid: axes expected, each an option with a list of values or a name with groups of settings");
        var axes = new List<SweepAxis>();
        foreach (var (key, value) in grid.Children)
        {
            var name = key.ToString();
            SweepChoice[] choices = value switch
            {
                YamlSequenceNode list => [.. list.Children.Select(v => Value(name, v))],
                YamlMappingNode groups => [.. groups.Children.Select(g => Group(name, g.Key, g.Value))],
                _ => [],
            };
            if (choices.Length == 0 || choices.DistinctBy(c => c.Label).Count() < choices.Length)
                throw Error($"grid, {name}: a list of different values, or groups of settings with a name each, expected at line {value.Start.Line}");
            axes.Add(new SweepAxis(name, choices));
        }

        return axes;
    }

    private SweepChoice Value(string option, YamlNode node) => node is YamlScalarNode { Value: { } value }
        ? new SweepChoice(value, Checked(new() { [option] = value }))
        : throw Error($"grid, {option}: a single value expected at line {node.Start.Line}, a list or map came");

    private SweepChoice Group(string axis, YamlNode key, YamlNode node) => node is YamlMappingNode settings
        ? new SweepChoice(key.ToString(), Checked(YamlSettings.Flat(_path, settings)))
        : throw Error($"grid, {axis}, {key}: settings expected at line {node.Start.Line}, like {{loss: ce}}");

    private Dictionary<string, string> Checked(Dictionary<string, string> settings) => settings.Keys.FirstOrDefault(Reserved.Contains) is { } name
        ? throw Error($"'{name}' is the sweep's to choose for its runs")
        : settings;

    private List<SweepRun> Runs(List<SweepAxis> axes, string logs, int jobs)
    {
        if (axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.Choices.Count, MaxRuns + 1)) > MaxRuns)
            throw Error($"grid: at most {MaxRuns} runs expected, more came");
        var shared = Shared(logs, jobs);
        var runs = SweepAxis.Combinations(axes).Select(choices => Run(choices, shared)).ToList();
        var clash = runs.GroupBy(r => r.Options.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return clash is null ? runs : throw Error($"grid: labels that differ as folder names expected, '{clash.Key}' came twice");
    }

    private SweepRun Run(SweepChoice[] choices, Dictionary<string, string> shared)
    {
        var settings = new Dictionary<string, string>(shared);
        foreach (var (option, value) in choices.SelectMany(c => c.Settings))
            settings[option] = value;
        var labels = choices.Select(c => c.Label).ToArray();
        settings["name"] = string.Join('-', labels.Select(SweepPlan.FolderPart));
        try
        {
            return new SweepRun(labels, TrainOptions.From(settings, _path));
        }
        catch (InputException e)
        {
            throw new InputException($"{_path}: {string.Join(", ", labels)}: {e.Message}", e);
        }
    }

    private Dictionary<string, string> Shared(string logs, int jobs)
    {
        var config = Text("config", "");
        var settings = config.Length == 0 ? [] : YamlSettings.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, config));
        foreach (var name in Reserved)
            settings.Remove(name);
        if (_entries.TryGetValue("settings", out var own))
        {
            foreach (var (option, value) in Checked(YamlSettings.Flat(_path, own as YamlMappingNode ?? throw Error($"settings: options with a value each expected at line {own.Start.Line}"))))
                settings[option] = value;
        }

        if (_overrides.Device is { } device)
            settings["device"] = device;
        settings.TryAdd("threads", jobs == 1 ? "0" : Math.Max(1, Environment.ProcessorCount / jobs).ToString(CultureInfo.InvariantCulture));
        settings["logs"] = logs;
        return settings;
    }

    private string Text(string key, string value) => !_entries.TryGetValue(key, out var node) ? value
        : node is YamlScalarNode { Value: { } text } ? text
        : throw Error($"{key}: a single value expected at line {node.Start.Line}, a list or map came");

    private int? AxisOf(string key, List<SweepAxis> axes)
    {
        var name = Text(key, "");
        var at = axes.FindIndex(a => a.Name == name);
        return name.Length == 0 ? null : at >= 0 ? at : throw Error($"{key}: one of the axes {string.Join(", ", axes.Select(a => a.Name))} expected, '{name}' came");
    }

    private InputException Error(string message) => new($"{_path}: {message}");
}
