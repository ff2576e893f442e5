using System.Numerics.Tensors;

namespace CudaNoisy.Runtime;

/// <summary>target = (or +=) the chunks' partial results, in the order of the chunks; one part a range.</summary>
internal unsafe struct HostChunkSum : IHostJob
{
    public float* Partials;
    public int Chunks;
    public long Length;
    public float* Target;
    public bool Overwrites;

    public readonly int Parts => Partition.Parts(Length);

    public readonly void Execute(int part, int worker)
    {
        var (first, count) = Partition.Part(part, Length);
        var target = new Span<float>(Target + first, count);
        if (Overwrites)
            new ReadOnlySpan<float>(Partials + first, count).CopyTo(target);
        for (var chunk = Overwrites ? 1 : 0; chunk < Chunks; chunk++)
            TensorPrimitives.Add(target, new ReadOnlySpan<float>(Partials + (chunk * Length) + first, count), target);
    }
}
