namespace CudaNoisy.Runtime;

/// <summary>An op in a graph.</summary>
/// <param name="Op">The op.</param>
/// <param name="Inputs">The values it reads.</param>
/// <param name="Output">The value it writes.</param>
public sealed record GraphNode(Op Op, IReadOnlyList<int> Inputs, int Output);
