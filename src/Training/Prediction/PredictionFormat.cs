namespace CudaNoisy.Training;

/// <summary>How predictions and evaluations are written.</summary>
public static class PredictionFormat
{
    /// <summary>For people.</summary>
    public const string Table = "table";

    /// <summary>RFC 4180, with a header.</summary>
    public const string Csv = "csv";

    /// <summary>One JSON document.</summary>
    public const string Json = "json";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Table, Csv, Json];
}
