using System.Globalization;
using System.Text.Json;

namespace CudaNoisy.Training;

/// <summary>Writes a <see cref="ClassifierReport"/>.</summary>
public static class ReportWriter
{
    /// <summary>A table with more classes than this has no confusion matrix: no terminal is so wide.</summary>
    private const int WidestMatrix = 20;

    /// <summary>Writes it: a table for people, a row a class as CSV, or everything as JSON.</summary>
    public static void Write(TextWriter text, string format, ClassifierReport report)
    {
        if (format == PredictionFormat.Table)
            Table(text, report);
        else if (format == PredictionFormat.Csv)
            Rows(text, report);
        else
            text.WriteLine(Document(report));
    }

    private static void Table(TextWriter text, ClassifierReport report)
    {
        var names = report.ClassNames;
        var width = Math.Max(5, names.Max(n => n.Length));
        Line(text, $"accuracy           {report.Accuracy:P2} ({report.Right} of {report.Count})");
        Line(text, $"mean of classes    {report.MeanClassAccuracy:P2}");
        Line(text, $"cross-entropy      {report.Loss:F4}");
        Line(text, $"calibration error  {report.CalibrationError:P2}");
        var matrix = names.Count <= WidestMatrix;
        Line(text, $"");
        Line(text, $"{"class".PadRight(width)}  images  accuracy{(matrix ? "  predicted as class 0, 1, ..." : "")}");
        for (var k = 0; k < names.Count; k++)
        {
            var row = matrix ? "  " + string.Concat(Enumerable.Range(0, names.Count).Select(p => report.Confusion(k, p).ToString(CultureInfo.InvariantCulture).PadLeft(6))) : "";
            Line(text, $"{names[k].PadRight(width)}  {report.Images(k),6}  {report.ClassAccuracy(k),8:P2}{row}");
        }
    }

    private static void Rows(TextWriter text, ClassifierReport report)
    {
        var names = report.ClassNames;
        text.WriteLine("class,images,accuracy," + string.Join(',', names.Select(n => Csv.Quote("predicted " + n))));
        for (var k = 0; k < names.Count; k++)
            Line(text, $"{Csv.Quote(names[k])},{report.Images(k)},{report.ClassAccuracy(k):R},{string.Join(',', Enumerable.Range(0, names.Count).Select(p => report.Confusion(k, p)))}");
    }

    private static string Document(ClassifierReport report)
    {
        var classes = Enumerable.Range(0, report.ClassNames.Count).ToArray();
        return JsonSerializer.Serialize(new
        {
            images = report.Count,
            accuracy = report.Accuracy,
            mean_class_accuracy = report.MeanClassAccuracy,
            cross_entropy = report.Loss,
            calibration_error = report.CalibrationError,
            classes = classes.Select(k => new { name = report.ClassNames[k], images = report.Images(k), accuracy = report.Images(k) > 0 ? report.ClassAccuracy(k) : (double?)null }),
            confusion = classes.Select(k => classes.Select(p => report.Confusion(k, p))),
        });
    }

    private static void Line(TextWriter text, FormattableString line) => text.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
