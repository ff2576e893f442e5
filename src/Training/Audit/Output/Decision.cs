namespace CudaNoisy.Training;

/// <summary>What a person decided about one sample.</summary>
/// <param name="Kind">accept, keep, skip or drop.</param>
/// <param name="Label">The label accepted; null for the suggested one.</param>
public readonly record struct Decision(string Kind, string? Label)
{
    /// <summary>Takes another label.</summary>
    public const string Accept = "accept";

    /// <summary>Leaves the sample out.</summary>
    public const string Drop = "drop";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Accept, Drop, "keep", "skip"];
}
