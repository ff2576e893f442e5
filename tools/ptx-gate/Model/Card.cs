namespace CudaNoisy.PtxGate;

/// <summary>A card's published figures and what the model assumes of them.</summary>
/// <param name="Name">The card.</param>
/// <param name="Multiprocessors">Multiprocessors.</param>
/// <param name="Tf32">Dense TF32 operations a second (data sheet).</param>
/// <param name="Fp32">float32 operations a second outside tensor cores.</param>
/// <param name="Bandwidth">Bytes a second of device memory.</param>
/// <param name="TensorShare">Assumed share of <paramref name="Tf32"/> that the product kernels reach while they run.</param>
internal sealed record Card(string Name, int Multiprocessors, double Tf32, double Fp32, double Bandwidth, double TensorShare)
{
    /// <summary>Assumed share of the bandwidth that a memory-bound kernel reaches.</summary>
    public const double MemoryShare = 0.85;

    /// <summary>Seconds between two kernels of a stream that the host launches one by one, where the host does not get ahead.</summary>
    public const double Launch = 4e-6;

    /// <summary>Seconds between two kernels inside a graph.</summary>
    public const double Replay = 1e-6;

    /// <summary>mma.sync on H100 is fed by registers, not by wgmma, and is known to reach about 62% of the data sheet's rate at best.</summary>
    public static IReadOnlyList<Card> All { get; } =
    [
        new("A100 80 GB SXM", 108, 156e12, 19.5e12, 2039e9, 0.7),
        new("H100 80 GB SXM", 132, 494.7e12, 66.9e12, 3350e9, 0.45),
    ];
}
