using System.Numerics.Tensors;

namespace CudaNoisy.Runtime;

/// <summary>dw += the chunks' partial gradients, in the order of the chunks; one part a filter row and column.</summary>
internal unsafe struct HostWinogradFilterSum : IHostJob
{
    public HostWinogradFilterProduct Product;
    public float* Dw;

    public readonly void Execute(int part, int worker)
    {
        var length = Product.Grid.C * Product.Grid.K;
        var target = new Span<float>(Dw + ((long)part * length), length);
        for (var chunk = 0; chunk < Product.Chunks; chunk++)
            TensorPrimitives.Add(target, new ReadOnlySpan<float>(Product.Partials + (chunk * Product.PartialFloats) + ((long)part * length), length), target);
    }
}
