using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary><c>samples.csv</c>: one row a training image.</summary>
public static class SampleTable
{
    private static readonly string[] Header =
        ["id", "given_label", "true_label", "predicted_label", "probability", "mean_loss", "mean_weight", "flips", "seen"];

    /// <summary>Writes the table whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="samples">The rows.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public static void Write(string path, IEnumerable<SampleRecord> samples) => AtomicFile.WriteLines(path, writer =>
    {
        writer.WriteLine(string.Join(',', Header));
        foreach (var sample in samples)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Csv.Quote(sample.Id)},{sample.GivenLabel},{sample.TrueLabel},{sample.PredictedLabel},{Text(sample.Probability)},{Text(sample.MeanLoss)},{Text(sample.MeanWeight)},{sample.Flips},{sample.Seen}"));
        }
    });

    /// <summary>Reads the table row by row; memory does not grow with it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is missing or has other columns, or a field is no number; thrown while enumerating.</exception>
    public static IEnumerable<SampleRecord> Read(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: a sample ledger expected, nothing came");
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var line = 0;
        var header = Csv.ReadRecord(reader, ref line);
        if (header is null || !header.SequenceEqual(Header))
            throw new InputException($"{path}: the columns {string.Join(',', Header)} expected, {(header is null ? "an empty file" : string.Join(',', header))} came");
        while (Csv.ReadRecord(reader, ref line) is { } fields)
        {
            if (fields.Count != Header.Length)
                throw new InputException($"{path}, line {line}: {Header.Length} fields expected, {fields.Count} came");
            yield return new SampleRecord(
                fields[0],
                Parse<int>(1),
                fields[2].Length == 0 ? null : Parse<int>(2),
                fields[3].Length == 0 ? null : Parse<int>(3),
                fields[4].Length == 0 ? float.NaN : Parse<float>(4),
                fields[5].Length == 0 ? double.NaN : Parse<double>(5),
                fields[6].Length == 0 ? double.NaN : Parse<double>(6),
                Parse<int>(7),
                Parse<int>(8));

            T Parse<T>(int column)
                where T : ISpanParsable<T> =>
                T.TryParse(fields[column], CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new InputException($"{path}, line {line}, {Header[column]}: a number expected, '{fields[column]}' came");
        }
    }

    private static string Text<T>(T value)
        where T : System.Numerics.IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? "" : value.ToString(null, CultureInfo.InvariantCulture);
}
