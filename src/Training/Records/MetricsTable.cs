using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A table of numbers read back from a <see cref="MetricsLog"/>'s CSV form.</summary>
public sealed class MetricsTable
{
    private readonly Dictionary<string, List<double>> _columns = new(StringComparer.Ordinal);

    private MetricsTable()
    {
    }

    /// <summary>A table without rows.</summary>
    public static MetricsTable Empty { get; } = new();

    /// <summary>The columns, in the file's order.</summary>
    public IReadOnlyCollection<string> Columns => _columns.Keys;

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The CSV file; a missing one gives an empty table.</param>
    /// <exception cref="InputException">A row has another number of fields than the header, or a field is no number.</exception>
    /// <exception cref="RecordException">The file cannot be read.</exception>
    public static MetricsTable Read(string path)
    {
        if (!File.Exists(path))
            return Empty;
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return Read(reader, path);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(path, "reading", cause);
        }
    }

    /// <summary>A column's values, a row each; NaN where the field is empty or the column is missing.</summary>
    public IReadOnlyList<double> Column(string name) => _columns.TryGetValue(name, out var values) ? values : Enumerable.Repeat(double.NaN, Rows).ToArray();

    /// <summary>The points of one column over another, rows without either left out.</summary>
    /// <param name="x">The column of the horizontal axis, such as <c>step</c>.</param>
    /// <param name="y">The column of the vertical axis.</param>
    public (double[] X, double[] Y) Curve(string x, string y)
    {
        var points = Column(x).Zip(Column(y)).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).ToArray();
        return ([.. points.Select(point => point.First)], [.. points.Select(point => point.Second)]);
    }

    private static MetricsTable Read(StreamReader reader, string path)
    {
        var table = new MetricsTable();
        var line = 0;
        var header = Csv.ReadRecord(reader, ref line);
        if (header is null)
            return table;
        foreach (var name in header)
        {
            if (!table._columns.TryAdd(name, []))
                throw new InputException($"{path}: the column '{name}' appears twice");
        }

        while (Csv.ReadRecord(reader, ref line) is { } record)
        {
            if (record.Count != header.Count)
                throw new InputException($"{path}, line {line}: {header.Count} fields expected, {record.Count} came");
            for (var i = 0; i < header.Count; i++)
                table._columns[header[i]].Add(Number(record[i], path, line));
            table.Rows++;
        }

        return table;
    }

    private static double Number(string text, string path, int line)
    {
        if (text.Length == 0)
            return double.NaN;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"{path}, line {line}: a number expected, '{text}' came");
    }
}
