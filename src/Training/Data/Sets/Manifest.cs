using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A CSV or TSV file with the columns <c>path</c> and <c>label</c>, and <c>split</c> (train, val, test) and <c>true_label</c> where there are such; further columns are ignored.</summary>
/// <remarks>Paths start from the file's folder. Labels that are all whole numbers are class numbers, else names, sorted. A row without a label is left out.</remarks>
internal sealed class Manifest : IDataSet
{
    private const int MostClasses = 1 << 20;

    private static readonly string[] Names = ["manifest.csv", "manifest.tsv"];

    public LoadedData Load(string root, DataOptions options)
    {
        var path = File.Exists(root) ? root : Names.Select(n => Path.Combine(root, n)).FirstOrDefault(File.Exists)
            ?? throw new InputException($"--data_root: a manifest, or a folder with {string.Join(" or ", Names)}, expected, '{root}' came");
        using var table = LabelTable.Open(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var rows = new List<(string Path, string Label, string Truth, DataPart Part)>();
        while (table.Read() is { } row)
        {
            if (row.Label.Length == 0)
                continue;
            if (!options.SkipUnreadable && !File.Exists(Path.Combine(folder, row.Id)))
                throw table.Error("the path of a picture", $"'{row.Id}', which does not exist,");
            rows.Add((row.Id, row.Label, row.Truth, row.Part));
        }

        var classes = Classes(path, rows.SelectMany(r => r.Truth.Length > 0 ? new[] { r.Label, r.Truth } : [r.Label]).ToHashSet());
        var numbers = classes.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i);
        var builder = new FileSetBuilder(Path.GetFileNameWithoutExtension(path), folder, options);
        foreach (var row in rows)
            builder.Add(row.Part, row.Path, numbers[row.Label], table.HasTruth ? row.Truth.Length > 0 ? numbers[row.Truth] : -1 : numbers[row.Label]);
        return builder.Build(classes);
    }

    private static string[] Classes(string path, HashSet<string> labels)
    {
        if (labels.Count == 0)
            throw new InputException($"{path}: rows of labelled images expected, none came");
        if (!labels.All(l => int.TryParse(l, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < MostClasses))
            return [.. labels.Order(StringComparer.Ordinal)];
        var most = labels.Max(l => int.Parse(l, CultureInfo.InvariantCulture));
        var names = Numbers.Of(Math.Max(2, most + 1));
        var odd = labels.FirstOrDefault(l => l != names[int.Parse(l, CultureInfo.InvariantCulture)]);
        return odd is null ? names : throw new InputException($"{path}: class numbers without leading zeros expected, '{odd}' came");
    }
}
