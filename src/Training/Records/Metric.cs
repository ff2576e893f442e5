using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>One named number of a <see cref="MetricsLog"/> row, kept as the shortest text that reads back to the same bits.</summary>
public readonly record struct Metric
{
    /// <summary>A float: <c>0.1</c> rather than <c>0.10000000149011612</c>.</summary>
    public Metric(string name, float value)
        : this(name, value.ToString(CultureInfo.InvariantCulture), value)
    {
    }

    /// <summary>A double.</summary>
    public Metric(string name, double value)
        : this(name, value.ToString(CultureInfo.InvariantCulture), value)
    {
    }

    /// <summary>A whole number.</summary>
    public Metric(string name, long value)
        : this(name, value.ToString(CultureInfo.InvariantCulture), value)
    {
    }

    /// <inheritdoc cref="Metric(string, long)"/>
    public Metric(string name, int value)
        : this(name, (long)value)
    {
    }

    private Metric(string name, string text, double value)
    {
        Name = name;
        Text = text;
        Value = value;
    }

    /// <summary>The column.</summary>
    public string Name { get; }

    /// <summary>The number as it is written, invariant culture.</summary>
    public string Text { get; }

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <summary>The number as JSON, which has no word for NaN and infinity: they become strings.</summary>
    internal string Json => double.IsFinite(Value) ? Text : $"\"{Text}\"";
}
