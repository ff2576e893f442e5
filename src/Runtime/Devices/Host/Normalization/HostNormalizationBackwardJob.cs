using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary><see cref="NormalizationBackward"/> over a block of rows a part.</summary>
internal unsafe struct HostNormalizationBackwardJob : IHostJob
{
    public long Rows;
    public int Bits;
    public NormalizationBackward Map;

    public readonly void Execute(int part, int worker)
    {
        var (first, count) = Partition.Part(part, Rows, Partition.Rows(Map.Channels));
        if (Bits == 512)
            Map.Run<HostVector512>(first, count);
        else if (Bits == 256)
            Map.Run<HostVector256>(first, count);
        else
            Map.Run<HostVector128>(first, count);
    }
}
