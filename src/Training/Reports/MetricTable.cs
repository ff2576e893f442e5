using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A table that <see cref="MetricsLog"/> wrote, read back: numbers by row and column, NaN where a row has none.</summary>
internal sealed class MetricTable
{
    private const int MaxPoints = 1000;
    private readonly List<double[]> _rows = [];

    private MetricTable(IReadOnlyList<string> columns) => Columns = columns;

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads a table; a last line that is not whole is left out.</summary>
    /// <param name="path">The CSV file; none is a table without rows.</param>
    /// <exception cref="InputException">A line has another number of fields, or a field is no number.</exception>
    public static MetricTable Read(string path)
    {
        if (!File.Exists(path))
            return new MetricTable([]);
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var line = 0;
        var table = new MetricTable(Csv.ReadRecord(reader, ref line) ?? []);
        while (Csv.ReadRecord(reader, ref line) is { } fields)
        {
            if (fields.Count != table.Columns.Count && reader.Peek() < 0)
                break;
            if (fields.Count != table.Columns.Count)
                throw new InputException($"{path}, line {line}: {table.Columns.Count} fields expected, {fields.Count} came");
            table._rows.Add([.. fields.Select((field, i) => Parse(field, path, line, table.Columns[i]))]);
        }

        return table;
    }

    /// <summary>A column's numbers over the first column's.</summary>
    /// <param name="column">The column; one that the table does not have has no points.</param>
    public IReadOnlyList<(double X, double Y)> Column(string column)
    {
        var at = Columns.ToList().IndexOf(column);
        return at < 0 ? [] : [.. _rows.Where(row => double.IsFinite(row[at])).Select(row => (row[0], row[at]))];
    }

    /// <summary>A column over the first one, thinned to means of neighbours where it is long.</summary>
    /// <param name="column">The column; one that the table does not have has no points.</param>
    /// <param name="scale">Multiplies the numbers.</param>
    public IReadOnlyList<(double X, double Y)> Series(string column, double scale = 1)
    {
        var points = Column(column);
        var group = Math.Max(1, (points.Count + MaxPoints - 1) / MaxPoints);
        return [.. points.Chunk(group).Select(chunk => (chunk[^1].X, scale * chunk.Average(p => p.Y)))];
    }

    /// <summary>All rows.</summary>
    public IReadOnlyList<double[]> Rows => _rows;

    private static double Parse(string field, string path, int line, string column) =>
        field.Length == 0 ? double.NaN
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new InputException($"{path}, line {line}, {column}: a number expected, '{field}' came");
}
