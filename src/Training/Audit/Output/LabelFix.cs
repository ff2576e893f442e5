using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Labels after corrections, as a table that <c>train --noisy_labels</c> takes (and <c>--data manifest</c>, where ids are paths).</summary>
public sealed class LabelFix
{
    private readonly List<IssueRow> _rows;
    private readonly bool _hasPaths;
    private readonly string?[] _labels;

    /// <summary>Starts from an audit's issues; nothing is corrected yet.</summary>
    /// <param name="issues">An <c>issues.csv</c>.</param>
    /// <exception cref="InputException">It is missing or damaged.</exception>
    public LabelFix(string issues)
    {
        _rows = IssueTable.Read(issues, out _hasPaths);
        _labels = [.. _rows.Select(r => r.Given)];
    }

    /// <summary>Samples that got another label.</summary>
    public int Relabelled => Enumerable.Range(0, _labels.Length).Count(i => _labels[i] is { } label && label != _rows[i].Given);

    /// <summary>Samples that are left out.</summary>
    public int Dropped => _labels.Count(label => label is null);

    /// <summary>Samples.</summary>
    public int Count => _rows.Count;

    /// <summary>Corrects the first samples of the ranking.</summary>
    /// <param name="count">How many.</param>
    /// <param name="drop">Leave them out instead of relabelling them.</param>
    /// <exception cref="InputException">There are fewer.</exception>
    public void Top(int count, bool drop)
    {
        if (count > _rows.Count)
            throw SettingsReader.Error("top", $"a number up to {_rows.Count} (the samples of the audit)", count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < count; i++)
            _labels[i] = drop ? null : _rows[i].Suggested;
    }

    /// <summary>Corrects the samples that are wrong with at least some probability.</summary>
    /// <param name="probability">p(wrong) from which a sample is corrected.</param>
    /// <param name="drop">Leave them out instead of relabelling them.</param>
    public void AtLeast(double probability, bool drop)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].Wrong >= probability)
                _labels[i] = drop ? null : _rows[i].Suggested;
        }
    }

    /// <summary>Does what a person decided.</summary>
    /// <param name="path">A <c>decisions.json</c>.</param>
    /// <exception cref="InputException">It is damaged, or for other samples.</exception>
    public void Decide(string path)
    {
        var decisions = DecisionFile.Read(path);
        var known = _rows.Select(r => r.Given).Concat(_rows.Select(r => r.Suggested)).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < _rows.Count; i++)
        {
            if (!decisions.Remove(_rows[i].Id, out var decision))
                continue;
            if (decision.Label is { } label && !known.Contains(label))
                throw new InputException($"--accept {path}: a class of the audit expected for '{_rows[i].Id}', '{label}' came");
            _labels[i] = decision.Kind switch
            {
                Decision.Accept => decision.Label ?? _rows[i].Suggested,
                Decision.Drop => null,
                _ => _rows[i].Given,
            };
        }

        if (decisions.Count > 0)
            throw new InputException($"--accept {path}: samples of the audit expected, '{decisions.Keys.First()}' came");
    }

    /// <summary>Writes the table, samples in the order of their ids.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordException">It cannot be written.</exception>
    public void Write(string path)
    {
        var order = Enumerable.Range(0, _rows.Count).Where(i => _labels[i] is not null);
        order = _hasPaths
            ? order.OrderBy(i => _rows[i].Id, StringComparer.Ordinal)
            : order.OrderBy(i => long.TryParse(_rows[i].Id, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue);
        AtomicFile.WriteLines(path, writer =>
        {
            writer.WriteLine($"{(_hasPaths ? IssueTable.PathColumn : IssueTable.IdColumn)},label");
            foreach (var i in order)
                writer.WriteLine($"{Csv.Quote(_rows[i].Id)},{Csv.Quote(_labels[i]!)}");
        });
    }
}
