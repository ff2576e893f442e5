using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary><c>confusion.csv</c>: how many images of a class (a row) were taken for which class (a column), at the latest evaluation.</summary>
public sealed record ConfusionTable(IReadOnlyList<string> ClassNames, int[,] Counts)
{
    private const string Corner = "label";
    private const int MaxClasses = 1 << 16;

    /// <summary>Writes the table whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public void Write(string path) => AtomicFile.WriteLines(path, writer =>
    {
        writer.WriteLine(string.Join(',', ClassNames.Prepend(Corner).Select(Csv.Quote)));
        for (var i = 0; i < ClassNames.Count; i++)
            writer.WriteLine(string.Join(',', Enumerable.Range(0, ClassNames.Count).Select(j => Counts[i, j].ToString(CultureInfo.InvariantCulture)).Prepend(Csv.Quote(ClassNames[i]))));
    });

    /// <summary>Reads the table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is not such a table.</exception>
    public static ConfusionTable Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var line = 0;
        var header = Csv.ReadRecord(reader, ref line);
        if (header is null || header[0] != Corner || header.Count is < 2 or > MaxClasses)
            throw new InputException($"{path}: '{Corner}' and the classes expected on the first line, something else came");
        var names = header.Skip(1).ToArray();
        var counts = new int[names.Length, names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var row = Csv.ReadRecord(reader, ref line);
            if (row is null || row.Count != header.Count || row[0] != names[i])
                throw new InputException($"{path}, line {line}: '{names[i]}' and {names.Length} counts expected, something else came");
            for (var j = 0; j < names.Length; j++)
            {
                counts[i, j] = int.TryParse(row[j + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    ? count
                    : throw new InputException($"{path}, line {line}: a count expected, '{row[j + 1]}' came");
            }
        }

        return new ConfusionTable(names, counts);
    }
}
