using System.Globalization;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>fix.</summary>
internal static class FixCommand
{
    public static int Run(FixArguments a)
    {
        if ((a.Accept is null ? 0 : 1) + (a.Top is null ? 0 : 1) + (a.MinP is null ? 0 : 1) != 1)
            throw new InputException("fix: one of --accept, --top and --min-p expected");
        if (a.Action is not ("relabel" or "drop"))
            throw SettingsReader.Error("action", "relabel or drop", a.Action);
        if (a.Top is < 0)
            throw SettingsReader.Error("top", "a number of at least 0", a.Top.Value.ToString(CultureInfo.InvariantCulture));
        if (a.MinP is not (null or (>= 0 and <= 1)))
            throw SettingsReader.Error("min-p", "a number from 0 to 1", a.MinP.Value.ToString(CultureInfo.InvariantCulture));
        var fix = new LabelFix(a.Issues);
        if (a.Accept is not null)
            fix.Decide(a.Accept);
        else if (a.Top is { } top)
            fix.Top(top, a.Action == "drop");
        else
            fix.AtLeast(a.MinP!.Value, a.Action == "drop");
        fix.Write(a.Out);
        Console.Out.WriteLine($"{fix.Count} samples: {fix.Relabelled} relabelled, {fix.Dropped} dropped; train on them with --noisy_labels {a.Out}");
        return 0;
    }
}
