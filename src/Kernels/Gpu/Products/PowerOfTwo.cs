namespace CudaNoisy.Kernels.Gpu;

/// <summary>Constant powers of two: shifts instead of divisions, of which the compilers make reciprocals.</summary>
internal static class PowerOfTwo
{
    /// <summary>The exponent of 1 to 256; a constant where the number is one.</summary>
    public static int Log(int power) => power >= 16 ? (power >= 64 ? (power >= 256 ? 8 : power >= 128 ? 7 : 6) : power >= 32 ? 5 : 4) : power >= 4 ? (power >= 8 ? 3 : 2) : power >> 1;
}
