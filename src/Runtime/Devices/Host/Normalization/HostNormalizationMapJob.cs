using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>A batch-norm's map over a block of rows a part.</summary>
/// <typeparam name="TMap">The map.</typeparam>
internal struct HostNormalizationMapJob<TMap> : IHostJob
    where TMap : unmanaged, INormalizationMap
{
    public long Rows;
    public int Channels;
    public int Bits;
    public TMap Map;

    public readonly void Execute(int part, int worker)
    {
        var (first, count) = Partition.Part(part, Rows, Partition.Rows(Channels));
        if (Bits == 512)
            Map.Run<HostVector512>(first, count);
        else if (Bits == 256)
            Map.Run<HostVector256>(first, count);
        else
            Map.Run<HostVector128>(first, count);
    }
}
