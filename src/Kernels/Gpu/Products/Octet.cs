namespace CudaNoisy.Kernels.Gpu;

/// <summary>Eight neighbouring columns of one row of a product: a thread's accumulators.</summary>
public struct Octet
{
    /// <summary>Column 0.</summary>
    public float C0;

    /// <summary>Column 1.</summary>
    public float C1;

    /// <summary>Column 2.</summary>
    public float C2;

    /// <summary>Column 3.</summary>
    public float C3;

    /// <summary>Column 4.</summary>
    public float C4;

    /// <summary>Column 5.</summary>
    public float C5;

    /// <summary>Column 6.</summary>
    public float C6;

    /// <summary>Column 7.</summary>
    public float C7;

    /// <summary>Columns 0 to 3.</summary>
    public readonly Quad Low => new(C0, C1, C2, C3);

    /// <summary>Columns 4 to 7.</summary>
    public readonly Quad High => new(C4, C5, C6, C7);

    /// <summary>Adds a times eight columns.</summary>
    public void MultiplyAdd(float a, Quad low, Quad high)
    {
        C0 += a * low.X;
        C1 += a * low.Y;
        C2 += a * low.Z;
        C3 += a * low.W;
        C4 += a * high.X;
        C5 += a * high.Y;
        C6 += a * high.Z;
        C7 += a * high.W;
    }

    /// <summary>Adds the squares of eight columns' distances from others.</summary>
    public void AddSquares(Octet value, Octet from)
    {
        C0 += (value.C0 - from.C0) * (value.C0 - from.C0);
        C1 += (value.C1 - from.C1) * (value.C1 - from.C1);
        C2 += (value.C2 - from.C2) * (value.C2 - from.C2);
        C3 += (value.C3 - from.C3) * (value.C3 - from.C3);
        C4 += (value.C4 - from.C4) * (value.C4 - from.C4);
        C5 += (value.C5 - from.C5) * (value.C5 - from.C5);
        C6 += (value.C6 - from.C6) * (value.C6 - from.C6);
        C7 += (value.C7 - from.C7) * (value.C7 - from.C7);
    }

    /// <summary>Multiplies eight columns.</summary>
    public void Multiply(float factor)
    {
        C0 *= factor;
        C1 *= factor;
        C2 *= factor;
        C3 *= factor;
        C4 *= factor;
        C5 *= factor;
        C6 *= factor;
        C7 *= factor;
    }

    /// <summary>Adds eight columns.</summary>
    public void Add(Octet other)
    {
        C0 += other.C0;
        C1 += other.C1;
        C2 += other.C2;
        C3 += other.C3;
        C4 += other.C4;
        C5 += other.C5;
        C6 += other.C6;
        C7 += other.C7;
    }
}
