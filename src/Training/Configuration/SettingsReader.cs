using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Reads typed, bounded values from text settings, remembers what it resolved, and refuses keys it was never asked for.</summary>
public sealed class SettingsReader
{
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly SortedDictionary<string, string> _resolved = new(StringComparer.Ordinal);

    /// <summary>Reads from settings by option name.</summary>
    public SettingsReader(IReadOnlyDictionary<string, string> given) => _given = given;

    /// <summary>Every option asked for, with its value.</summary>
    public IReadOnlyDictionary<string, string> Resolved => _resolved;

    /// <summary>A text.</summary>
    public string Text(string name, string value)
    {
        var text = _given.GetValueOrDefault(name, value);
        _resolved[name] = text;
        return text;
    }

    /// <summary>One of a registry's names.</summary>
    public string OneOf(string name, string value, IReadOnlyCollection<string> choices)
    {
        var text = Text(name, value);
        return choices.Contains(text) ? text : throw Error(name, $"one of {string.Join(", ", choices)}", text);
    }

    /// <summary>A number in [low, high], or in (low, high] where <paramref name="above"/>.</summary>
    public double Number(string name, double value, double low, double high = double.MaxValue, bool above = false)
    {
        var text = Text(name, value.ToString(CultureInfo.InvariantCulture));
        var range = high == double.MaxValue ? $"a number {(above ? "above" : "of at least")} {Show(low)}" : $"a number in {(above ? "(" : "[")}{Show(low)}, {Show(high)}]";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && (above ? number > low : number >= low) && number <= high
            ? number
            : throw Error(name, range, text);
    }

    /// <summary>A whole number in [low, high].</summary>
    public int Whole(string name, int value, int low, int high = int.MaxValue)
    {
        var text = Text(name, value.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number
            : throw Error(name, high == int.MaxValue ? $"a whole number of at least {low}" : $"a whole number from {low} to {high}", text);
    }

    /// <summary>true or false.</summary>
    public bool Flag(string name, bool value)
    {
        var text = Text(name, value ? "true" : "false");
        return bool.TryParse(text, out var flag) ? flag : throw Error(name, "true or false", text);
    }

    /// <summary>Refuses settings that nobody asked for.</summary>
    /// <param name="source">Where they come from, for the message.</param>
    public void RefuseUnknown(string source)
    {
        foreach (var name in _given.Keys.Where(k => !_resolved.ContainsKey(k)))
        {
            var nearest = _resolved.Keys.MinBy(k => Distance(k, name));
            throw new InputException($"{source}: a known option expected, '{name}' came; did you mean '{nearest}'?");
        }
    }

    /// <summary>An error that names the option.</summary>
    public static InputException Error(string name, string expected, string came) => new($"--{name}: {expected} expected, '{came}' came");

    /// <summary>The resolved settings as YAML.</summary>
    public string ToYaml() => string.Concat(_resolved.Select(p => $"{p.Key}: {Quote(p.Value)}\n"));

    private static string Quote(string text) => text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "._/-+".Contains(c, StringComparison.Ordinal)) && text[0] is not ('-' or '+')
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Levenshtein's edit distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[^1];
    }
}
