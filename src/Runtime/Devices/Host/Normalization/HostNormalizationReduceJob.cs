using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary><see cref="NormalizationReduce"/> over a block of rows a part.</summary>
internal unsafe struct HostNormalizationReduceJob : IHostJob
{
    public long Rows;
    public int Bits;
    public float** Scratch;
    public NormalizationReduce Map;
    public double* Partials;

    public readonly void Execute(int part, int worker)
    {
        var (first, count) = Partition.Part(part, Rows, Partition.Rows(Map.Channels));
        var partial = Partials + (2L * part * Map.Channels);
        if (Bits == 512)
            Map.Run<HostVector512>(first, count, Scratch[worker], partial);
        else if (Bits == 256)
            Map.Run<HostVector256>(first, count, Scratch[worker], partial);
        else
            Map.Run<HostVector128>(first, count, Scratch[worker], partial);
    }
}
