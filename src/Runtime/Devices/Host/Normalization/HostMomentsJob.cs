namespace CudaNoisy.Runtime;

/// <summary>A block of rows' moments a part.</summary>
internal unsafe struct HostMomentsJob : IHostJob
{
    public long Rows;
    public long Each;
    public int Bits;
    public int Channels;
    public float* X;
    public float* Blocks;

    public readonly void Execute(int part, int worker)
    {
        var (first, count) = Partition.Part(part, Rows, Each);
        var block = Blocks + (2L * part * Channels);
        HostMoments.OfBlock(Bits, X + (first * Channels), Channels, count, Channels, block, block + Channels);
    }
}
