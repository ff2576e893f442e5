namespace CudaNoisy.Kernels.Gpu;

/// <summary>A 4 x 4 piece of an operand in registers: four rows (or columns) of the product, four terms of their sums each.</summary>
/// <param name="Q0">The first row's terms.</param>
/// <param name="Q1">The second's.</param>
/// <param name="Q2">The third's.</param>
/// <param name="Q3">The fourth's.</param>
public readonly record struct Block4x4(Quad Q0, Quad Q1, Quad Q2, Quad Q3)
{
    /// <summary>Rows and terms exchanged; costs nothing in registers.</summary>
    public Block4x4 Transposed() => new(
        new Quad(Q0.X, Q1.X, Q2.X, Q3.X), new Quad(Q0.Y, Q1.Y, Q2.Y, Q3.Y), new Quad(Q0.Z, Q1.Z, Q2.Z, Q3.Z), new Quad(Q0.W, Q1.W, Q2.W, Q3.W));
}
