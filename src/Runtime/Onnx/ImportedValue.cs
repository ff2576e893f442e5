namespace CudaNoisy.Runtime.Onnx;

/// <summary>A computed value during import.</summary>
/// <param name="Id">The graph's value.</param>
/// <param name="Shape">Its shape for the declared input, NHWC.</param>
/// <param name="Rank">ONNX's rank: 4, or 2 for rows of features.</param>
internal sealed record ImportedValue(int Id, Shape Shape, int Rank);
