namespace CudaNoisy.Kernels;

/// <summary>A colour of three bytes, in integers.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
public readonly record struct Rgb(int R, int G, int B);
