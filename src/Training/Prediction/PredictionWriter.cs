using System.Globalization;
using System.Text.Json;

namespace CudaNoisy.Training;

/// <summary>Writes predictions as they come, an image a row.</summary>
public sealed class PredictionWriter : IDisposable
{
    private readonly TextWriter _text;
    private readonly string _format;
    private readonly int _width;
    private bool _isFirst = true;

    /// <summary>Starts writing.</summary>
    /// <param name="text">Where to; the caller's to dispose.</param>
    /// <param name="format">See <see cref="PredictionFormat"/>.</param>
    /// <param name="top">Classes an image.</param>
    /// <param name="ids">All images' names, for the width of a table.</param>
    public PredictionWriter(TextWriter text, string format, int top, IReadOnlyList<string> ids)
    {
        _text = text;
        _format = format;
        _width = format == PredictionFormat.Table ? Math.Clamp(ids.Select(id => id.Length).DefaultIfEmpty(0).Max(), 5, 80) : 0;
        if (format == PredictionFormat.Csv)
            text.WriteLine("image," + string.Join(',', Enumerable.Range(1, top).Select(k => FormattableString.Invariant($"class_{k},probability_{k}"))));
        else if (format == PredictionFormat.Json)
            text.Write('[');
    }

    /// <summary>Writes an image.</summary>
    public void Write(string id, RankedClass[] classes)
    {
        if (_format == PredictionFormat.Table)
            _text.WriteLine($"{id.PadRight(_width)}  {string.Join("  ", classes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {c.Probability:P1}")))}");
        else if (_format == PredictionFormat.Csv)
            _text.WriteLine($"{Csv.Quote(id)},{string.Join(',', classes.Select(c => $"{Csv.Quote(c.Name)},{Number(c.Probability)}"))}");
        else
            _text.Write($"{(_isFirst ? "\n" : ",\n")}{{\"image\":{JsonSerializer.Serialize(id)},\"classes\":[{string.Join(',', classes.Select(Object))}]}}");
        _isFirst = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_format == PredictionFormat.Json)
            _text.WriteLine("\n]");
        _text.Flush();
    }

    private static string Object(RankedClass c) => $"{{\"class\":{c.Class},\"name\":{JsonSerializer.Serialize(c.Name)},\"probability\":{Number(c.Probability)}}}";

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
