using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A grid of runs and the table that is made of it, validated: every run's options are known to be right.</summary>
public sealed class SweepPlan
{
    /// <summary>The accuracies that a table can be made of.</summary>
    public static IReadOnlyList<string> Accuracies { get; } = ["last", "selected", "best"];

    internal SweepPlan()
    {
    }

    /// <summary>The sweep's name: the folder below the folder of all runs.</summary>
    public required string Name { get; init; }

    /// <summary>Where the runs' folders and the tables are.</summary>
    public required string Folder { get; init; }

    /// <summary>What is varied.</summary>
    public required IReadOnlyList<SweepAxis> Axes { get; init; }

    /// <summary>Every combination, the last axis the fastest.</summary>
    public required IReadOnlyList<SweepRun> Runs { get; init; }

    /// <summary>The axis that goes across the table.</summary>
    public required int Columns { get; init; }

    /// <summary>The axis whose runs are averaged; null for none.</summary>
    public required int? Repeats { get; init; }

    /// <summary>The axis whose first choice is compared with each of the others; null for none.</summary>
    public required int? Gain { get; init; }

    /// <summary>One of <see cref="Accuracies"/>.</summary>
    public required string Accuracy { get; init; }

    /// <summary>Runs at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>The axes that go down the table.</summary>
    public IEnumerable<int> Rows => Enumerable.Range(0, Axes.Count).Where(a => a != Columns && a != Repeats);

    /// <summary>The accuracy that the table is made of.</summary>
    public double AccuracyOf(RunResult result) => Accuracy switch
    {
        "last" => result.Last,
        "selected" => result.Selected,
        _ => result.Best,
    };

    /// <summary>Reads a sweep's file.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="overrides">What the command line says besides.</param>
    /// <exception cref="InputException">The file is not as it should be, or the options of one of its runs are wrong.</exception>
    public static SweepPlan Read(string path, SweepOverrides overrides) => new SweepFile(path, overrides).Plan();

    /// <summary>A label as a part of a folder's name.</summary>
    internal static string FolderPart(string label) => string.Concat(label.Select(c => char.IsAsciiLetterOrDigit(c) || "._+=".Contains(c, StringComparison.Ordinal) ? c : '_'));
}
