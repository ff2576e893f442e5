namespace CudaNoisy.PtxGate;

/// <summary>An architecture's limits a multiprocessor, from the CUDA programming guide's table of compute capabilities.</summary>
internal sealed record Target(int Capability, int SharedBytes, int ReservedSharedBytes)
{
    private const int Registers = 65536;
    private const int Threads = 2048;
    private const int Blocks = 32;

    public static IReadOnlyList<Target> All { get; } = [new(70, 96 << 10, 0), new(80, 164 << 10, 1024), new(90, 228 << 10, 1024)];

    /// <summary>Blocks that fit: registers are given in units of 256 a warp.</summary>
    public int ResidentBlocks(int threads, int registers, int sharedBytes)
    {
        var warps = (threads + 31) / 32;
        var perWarp = ((registers * 32) + 255) / 256 * 256;
        var byRegisters = Registers / (perWarp * warps);
        var byShared = sharedBytes + ReservedSharedBytes == 0 ? Blocks : SharedBytes / (sharedBytes + ReservedSharedBytes);
        return Math.Min(Math.Min(byRegisters, byShared), Math.Min(Threads / threads, Blocks));
    }

    public double Occupancy(int blocks, int threads) => (double)blocks * threads / Threads;
}
