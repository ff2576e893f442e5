using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A CSV or TSV file of labelled images, row by row. The first line names the columns: <c>path</c> or <c>id</c>, <c>label</c>, and <c>split</c> and <c>true_label</c> where there are such.</summary>
internal sealed class LabelTable : IDisposable
{
    private const long MaxBytes = 2L << 30;
    private const int MaxField = 1 << 16;
    private const int MaxShown = 200;

    private static readonly Dictionary<string, DataPart> Splits = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = DataPart.Train,
        ["train"] = DataPart.Train,
        ["training"] = DataPart.Train,
        ["val"] = DataPart.Validation,
        ["valid"] = DataPart.Validation,
        ["validation"] = DataPart.Validation,
        ["test"] = DataPart.Test,
    };

    private readonly string _path;
    private readonly StreamReader _reader;
    private readonly char _separator;
    private readonly int _columns;
    private readonly (int Id, int Label, int Split, int Truth) _at;
    private int _line;

    private LabelTable(string path, StreamReader reader, string label, bool needsId)
    {
        _path = path;
        _reader = reader;
        var header = Fields() ?? throw Error("a first line that names the columns", "an empty file");
        _separator = header.Count == 1 && header[0].Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        string[] names = _separator == '\t' ? header[0].Split('\t') : [.. header];
        int Column(params string[] wanted) => Array.FindIndex(names, n => wanted.Contains(n.Trim().TrimStart('\uFEFF'), StringComparer.OrdinalIgnoreCase));
        _columns = names.Length;
        _at = (Column("path", "id"), Column(label), Column("split"), Column("true_label", "true"));
        if (_at.Label < 0 || (needsId && _at.Id < 0))
            throw Error($"{(needsId ? "columns named path (or id) and" : "a column named")} {label}", $"'{string.Join("', '", names.Take(8).Select(Shown))}'");
    }

    /// <summary>Whether there is a column of true labels.</summary>
    public bool HasTruth => _at.Truth >= 0;

    /// <summary>Whether there is a column of paths or ids.</summary>
    public bool HasId => _at.Id >= 0;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The name of the label's column.</param>
    /// <param name="needsId">Whether a file without paths or ids is an error.</param>
    /// <exception cref="InputException">It cannot be read or lacks a column.</exception>
    public static LabelTable Open(string path, string label = "label", bool needsId = true)
    {
        StreamReader? reader = null;
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new InputException($"{path}: a table below {MaxBytes} bytes expected, {new FileInfo(path).Length} came");
            reader = File.OpenText(path);
            return new LabelTable(path, reader, label, needsId);
        }
        catch (Exception e)
        {
            reader?.Dispose();
            throw e is IOException or UnauthorizedAccessException ? new InputException($"{path}: a readable table expected, but: {e.Message.Split('\n')[0]}", e) : e;
        }
    }

    /// <summary>The next row, or null at the end.</summary>
    /// <exception cref="InputException">A row does not have the columns of the first line, or its split is not known.</exception>
    public (string Id, string Label, string Truth, DataPart Part)? Read()
    {
        var fields = Fields();
        while (fields is [""])
            fields = Fields();
        if (fields is null)
            return null;
        if (fields.Count != _columns)
            throw Error($"{_columns} fields as in the first line", $"{fields.Count}");
        var (id, label, split) = (HasId ? fields[_at.Id] : "", fields[_at.Label].Trim(), _at.Split < 0 ? "" : fields[_at.Split].Trim());
        if ((HasId && id.Length == 0) || id.Length > MaxField || id.Contains('\0', StringComparison.Ordinal))
            throw Error("an image's path or id", id.Length == 0 ? "nothing" : "something else");
        if (!Splits.TryGetValue(split, out var part))
            throw Error("a split of train, val or test", $"'{split}'");
        return (id, label, HasTruth ? fields[_at.Truth].Trim() : "", part);
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>An error that names the file and the line last read.</summary>
    public InputException Error(string expected, string came) => new($"{_path}: {expected} expected at line {_line}, {Shown(came)} came");

    private static string Shown(string text) => text.Length <= MaxShown ? text : text[..MaxShown];

    private List<string>? Fields()
    {
        if (_separator != '\t')
            return Csv.ReadRecord(_reader, ref _line);
        _line++;
        return _reader.ReadLine()?.Split('\t').ToList();
    }
}
