using System.Numerics.Tensors;

namespace CudaNoisy.Runtime;

/// <summary>target += the chunks' partial results, in the order of the chunks; one part a range.</summary>
internal unsafe struct HostChunkSum : IHostJob
{
    public float* Partials;
    public int Chunks;
    public long Length;
    public float* Target;

    public readonly int Parts => Partition.Parts(Length);

    public readonly void Execute(int part, int worker)
    {
        var (first, count) = Partition.Part(part, Length);
        var target = new Span<float>(Target + first, count);
        for (var chunk = 0; chunk < Chunks; chunk++)
            TensorPrimitives.Add(target, new ReadOnlySpan<float>(Partials + (chunk * Length) + first, count), target);
    }
}
