using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>data info.</summary>
internal static class DataCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(DataArguments arguments)
    {
        if (arguments.What != "info")
            throw new InputException($"data: info expected, '{arguments.What}' came");
        var settings = arguments.Settings();

        // Nothing is trained: batches need not fit.
        settings["problem"] = "finetune";
        settings["batch_size"] = "2";
        var summary = DataSummary.Of(TrainingData.Load(TrainOptions.From(settings, arguments.Config ?? "command line")));
        foreach (var note in summary.Notes)
            Console.Error.WriteLine($"warning: {note}");
        Console.Out.Write(arguments.Json ? Json(summary) : Table(summary));
        return 0;
    }

    private static string Table(DataSummary s)
    {
        var width = Math.Max("class".Length, s.Classes.Max(c => c.Name.Length));
        string Row(string name, string train, string changed, string validation, string test) => string.Create(
            CultureInfo.InvariantCulture, $"{name.PadRight(width)}  {train,9}  {changed,9}  {validation,10}  {test,9}\n");
        var changedShare = s.Known == 0 ? "true labels are not known" : string.Create(
            CultureInfo.InvariantCulture, $"{s.Changed} of {s.Known} training labels changed ({(double)s.Changed / s.Known:P2})");
        return string.Create(CultureInfo.InvariantCulture, $"{s.Name}: {s.Size.H}x{s.Size.W}x{s.Size.C}, {s.Bytes / 1048576.0:F1} MiB {(s.InMemory ? "in memory" : "decoded from files every pass")}\n")
            + $"{changedShare}{(s.LeftOut > 0 ? $"; {s.LeftOut} training images left out" : "")}\n\n"
            + Row("class", "train", "changed", "validation", "test")
            + string.Concat(s.Classes.Select(c => Row(c.Name, Text(c.Train), s.Known == 0 ? "-" : Text(c.Changed), Text(c.Validation), Text(c.Test))))
            + Row("all", Text(s.Train), s.Known == 0 ? "-" : Text(s.Changed), Text(s.Validation), Text(s.Test));
    }

    private static string Json(DataSummary s) => JsonSerializer.Serialize(
        new
        {
            name = s.Name,
            height = s.Size.H,
            width = s.Size.W,
            channels = s.Size.C,
            bytes = s.Bytes,
            in_memory = s.InMemory,
            train = s.Train,
            validation = s.Validation,
            test = s.Test,
            left_out = s.LeftOut,
            known = s.Known,
            changed = s.Changed,
            classes = s.Classes.Select(c => new { name = c.Name, train = c.Train, changed = c.Changed, validation = c.Validation, test = c.Test }),
        }, Indented) + "\n";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
