namespace CudaNoisy.Runtime.Onnx;

/// <summary>Which of an ONNX file's outputs are an image's features.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Rank">Its dimensions: 2 (N,C), 3 (N,T,C) or 4 (N,C,H,W).</param>
/// <param name="Pool">Of rank 3: cls, the first token, or mean.</param>
public sealed record EncoderOutput(string Name, int Rank, string Pool);
