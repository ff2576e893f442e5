using CudaNoisy.Runtime;

namespace CudaNoisy.Export;

/// <summary>A converted checkpoint and what became of its keys.</summary>
/// <param name="Model">The network, metadata included.</param>
/// <param name="IsClassifier">Whether it ends in classes; else in features.</param>
/// <param name="Dropped">Keys that do not belong to an encoder or classifier: projection heads, the classifier of an encoder.</param>
/// <param name="Missing">Keys filled with initial values.</param>
/// <param name="Unexpected">Keys that the network does not have.</param>
public sealed record Conversion(Model Model, bool IsClassifier, IReadOnlyList<string> Dropped, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected);
