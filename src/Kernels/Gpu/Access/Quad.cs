namespace CudaNoisy.Kernels.Gpu;

/// <summary>Four floats: what a 128-bit access moves. Arithmetic is element by element.</summary>
/// <param name="X">The first.</param>
/// <param name="Y">The second.</param>
/// <param name="Z">The third.</param>
/// <param name="W">The fourth.</param>
public readonly record struct Quad(float X, float Y, float Z, float W)
{
    /// <summary>The same number four times.</summary>
    public static Quad All(float value) => new(value, value, value, value);

    /// <summary>Sums.</summary>
    public static Quad operator +(Quad a, Quad b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.W + b.W);

    /// <summary>Differences.</summary>
    public static Quad operator -(Quad a, Quad b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z, a.W - b.W);

    /// <summary>Products.</summary>
    public static Quad operator *(Quad a, Quad b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z, a.W * b.W);

    /// <summary>Multiples.</summary>
    public static Quad operator *(float a, Quad b) => new(a * b.X, a * b.Y, a * b.Z, a * b.W);

    /// <summary>Quotients.</summary>
    public static Quad operator /(Quad a, Quad b) => new(a.X / b.X, a.Y / b.Y, a.Z / b.Z, a.W / b.W);

    /// <summary>Each between two bounds, as they are inclusive; NaN stays.</summary>
    public Quad Clipped(float low, float high) => new(Clip(X, low, high), Clip(Y, low, high), Clip(Z, low, high), Clip(W, low, high));

    /// <summary>Each, or 0 where it is negative; NaN stays. Selections, where <see cref="Clipped"/> becomes branches.</summary>
    public Quad Rectified() => new(X <= 0 ? 0f : X, Y <= 0 ? 0f : Y, Z <= 0 ? 0f : Z, W <= 0 ? 0f : W);

    /// <summary>This where the key lies between two bounds, which are exclusive, else 0.</summary>
    public Quad Where(Quad key, float low, float high) =>
        new(Inside(key.X, low, high) ? X : 0f, Inside(key.Y, low, high) ? Y : 0f, Inside(key.Z, low, high) ? Z : 0f, Inside(key.W, low, high) ? W : 0f);

    /// <summary>This where the key is positive, else 0.</summary>
    public Quad WherePositive(Quad key) => new(key.X > 0 ? X : 0f, key.Y > 0 ? Y : 0f, key.Z > 0 ? Z : 0f, key.W > 0 ? W : 0f);

    /// <summary>This where a bit is set, the lowest for the first, else 0.</summary>
    public Quad WhereSet(int flags) => new((flags & 1) != 0 ? X : 0f, (flags & 2) != 0 ? Y : 0f, (flags & 4) != 0 ? Z : 0f, (flags & 8) != 0 ? W : 0f);

    /// <summary>A bit for each that is positive, the lowest for the first.</summary>
    public int Positive() => (X > 0 ? 1 : 0) | (Y > 0 ? 2 : 0) | (Z > 0 ? 4 : 0) | (W > 0 ? 8 : 0);

    private static float Clip(float value, float low, float high) => value < low ? low : value > high ? high : value;

    private static bool Inside(float value, float low, float high) => value > low && value < high;
}
