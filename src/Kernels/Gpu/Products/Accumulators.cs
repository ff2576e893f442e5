namespace CudaNoisy.Kernels.Gpu;

/// <summary>A thread's 8 x 8 part of its warp's 64 x 32 tile, in registers.</summary>
/// <remarks>Lane 4g + t holds rows 4g..4g+3 (R0..R3) and 32+4g..32+4g+3 (R4..R7), columns 8t..8t+7. This is where m16n8k8 leaves its results once
/// row g of tensor tile i is called row 4g+i, row g+8 row 32+4g+i, and column c of tile j column 4c+j: any order will do in a sum or a product's rows,
/// and this one makes every shared-memory read and every global write 128 bits wide.</remarks>
public struct Accumulators
{
    /// <summary>Row 4g.</summary>
    public Octet R0;

    /// <summary>Row 4g+1.</summary>
    public Octet R1;

    /// <summary>Row 4g+2.</summary>
    public Octet R2;

    /// <summary>Row 4g+3.</summary>
    public Octet R3;

    /// <summary>Row 32+4g.</summary>
    public Octet R4;

    /// <summary>Row 32+4g+1.</summary>
    public Octet R5;

    /// <summary>Row 32+4g+2.</summary>
    public Octet R6;

    /// <summary>Row 32+4g+3.</summary>
    public Octet R7;
}
