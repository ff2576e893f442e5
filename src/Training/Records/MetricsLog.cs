using System.Text.Json;

namespace CudaNoisy.Training;

/// <summary>A table of numbers that grows row by row, as <c>NAME.csv</c> and <c>NAME.jsonl</c>. Keep times out of <c>metrics</c>: they go to a table of their own
/// (<see cref="TimingName"/>), so that a resumed run's metrics are bitwise those of an uninterrupted one.</summary>
public sealed class MetricsLog
{
    /// <summary>The table of losses, accuracies and rates.</summary>
    public const string MetricsName = "metrics";

    /// <summary>The table of everything that depends on the clock.</summary>
    public const string TimingName = "timing";

    private readonly AppendLog _csv;
    private readonly AppendLog _jsonl;
    private readonly string[] _columns;
    private readonly string[] _row;

    /// <summary>Opens a table; the header is written when it is new.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The files' name without ending, such as <see cref="MetricsName"/>.</param>
    /// <param name="columns">The columns; every row has some of them.</param>
    /// <exception cref="RecordException">The files cannot be written.</exception>
    public MetricsLog(RunFolder run, string name, params IEnumerable<string> columns)
    {
        _columns = [.. columns];
        _row = new string[_columns.Length];
        _csv = run.Log(CsvFile(name));
        _jsonl = run.Log(name + ".jsonl");
        if (_csv.Length == 0)
            _csv.WriteLine(string.Join(',', _columns.Select(Csv.Quote)));
    }

    /// <summary>The file name of a table's CSV form.</summary>
    public static string CsvFile(string name) => name + ".csv";

    /// <summary>Appends a row; columns that are not given stay empty.</summary>
    /// <param name="row">The numbers, each with its column.</param>
    /// <exception cref="ArgumentException">A column is not one of the table's.</exception>
    /// <exception cref="RecordException">The disk is full or a file is gone.</exception>
    public void Write(params ReadOnlySpan<Metric> row)
    {
        Array.Fill(_row, "");
        foreach (var metric in row)
        {
            var column = Array.IndexOf(_columns, metric.Name);
            if (column < 0)
                throw new ArgumentException($"{_csv.FilePath}: one of the columns {string.Join(", ", _columns)} expected, '{metric.Name}' came");
            _row[column] = metric.Text;
        }

        var json = new List<string>(row.Length);
        foreach (var metric in row)
            json.Add($"\"{JsonEncodedText.Encode(metric.Name)}\":{metric.Json}");
        _csv.WriteLine(string.Join(',', _row));
        _jsonl.WriteLine("{" + string.Join(',', json) + "}");
    }
}
