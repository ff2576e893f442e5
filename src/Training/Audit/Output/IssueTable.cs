using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary><c>issues.csv</c>: one row a sample, the most likely wrong first.</summary>
public static class IssueTable
{
    /// <summary>The first column where ids are paths.</summary>
    public const string PathColumn = "path";

    /// <summary>The first column where ids are numbers.</summary>
    public const string IdColumn = "id";

    private static readonly string[] Columns =
    [
        "given", "suggested", "p_wrong", "issue", "self_confidence", "normalized_margin", "confidence_weighted_entropy", "filtered", "neighbour_disagreement", "duplicate_of",
        "mean_loss", "mean_weight", "flips", "true_label",
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The audit.</param>
    /// <exception cref="RecordException">It cannot be written.</exception>
    public static void Write(string path, AuditResult result) => AtomicFile.WriteLines(path, writer =>
    {
        var subject = result.Subject;
        var names = subject.ClassNames.Select(Csv.Quote).ToArray();
        writer.WriteLine($"{(subject.HasPaths ? PathColumn : IdColumn)},{string.Join(',', Columns)}");
        foreach (var i in result.Ranked)
        {
            var scores = result.Confident.Scores;
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Csv.Quote(subject.Ids[i])},{names[subject.Given[i]]},{names[result.Suggested[i]]},{result.Wrong[i]:0.######},{(result.IsIssue(i) ? 1 : 0)},{scores.SelfConfidence[i]:0.######},{scores.NormalizedMargin[i]:0.######},{scores.ConfidenceWeightedEntropy[i]:0.######},{(result.Filtered[i] ? 1 : 0)},"));
            writer.Write(result.Disagreement.Length == 0
                ? ",,"
                : string.Create(CultureInfo.InvariantCulture, $"{result.Disagreement[i]:0.####},{(result.DuplicateOf[i] < 0 ? "" : Csv.Quote(subject.Ids[result.DuplicateOf[i]]))},"));
            writer.Write(subject.Ledger is not { } ledger
                ? ",,,"
                : string.Create(CultureInfo.InvariantCulture, $"{Number(ledger[i].MeanLoss)},{Number(ledger[i].MeanWeight)},{ledger[i].Flips},"));
            writer.WriteLine(subject.Truth is null ? "" : names[subject.Truth[i]]);
        }
    });

    /// <summary>Reads the table row by row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasPaths">Whether ids are paths; set before the first row.</param>
    /// <exception cref="InputException">The file is missing or has other columns, or a field is no probability.</exception>
    public static List<IssueRow> Read(string path, out bool hasPaths)
    {
        if (!File.Exists(path))
            throw new InputException($"--issues: the issues.csv of an audit expected, '{path}' came, which does not exist");
        using var reader = new StreamReader(path);
        var line = 0;
        var header = Csv.ReadRecord(reader, ref line) ?? [];
        if (header.Count < 5 || header[0] is not (PathColumn or IdColumn) || !header[1..4].SequenceEqual(Columns[..3]))
            throw new InputException($"{path}: the columns {IdColumn} or {PathColumn},{string.Join(',', Columns[..3])},... expected, {string.Join(',', header.Take(5))} came");
        hasPaths = header[0] == PathColumn;
        var rows = new List<IssueRow>();
        while (Csv.ReadRecord(reader, ref line) is { } fields)
        {
            if (fields is [""])
                continue;
            if (fields.Count != header.Count)
                throw new InputException($"{path}, line {line}: {header.Count} fields expected, {fields.Count} came");
            if (!double.TryParse(fields[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var wrong) || wrong is not (>= 0 and <= 1))
                throw new InputException($"{path}, line {line}, p_wrong: a number from 0 to 1 expected, '{fields[3]}' came");
            rows.Add(new IssueRow(fields[0], fields[1], fields[2], wrong));
        }

        return rows;
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.######", CultureInfo.InvariantCulture);
}
