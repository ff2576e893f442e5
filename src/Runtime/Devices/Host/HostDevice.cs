using System.Runtime.InteropServices;

namespace CudaNoisy.Runtime;

/// <summary>All cores of this machine, with SIMD kernels chosen at run time for 512-, 256- or 128-bit vectors.</summary>
public sealed class HostDevice : Device
{
    /// <summary>Opens the host.</summary>
    /// <param name="threads">Threads to use; 0 for one a logical processor.</param>
    /// <param name="vectorBits">Register width of the convolutions' kernels: 512, 256 or 128; 0 for the machine's.</param>
    public HostDevice(int threads = 0, int vectorBits = 0)
    {
        VectorBits = vectorBits > 0 ? vectorBits : HostTiling.NativeBits;
        Threads = new HostThreads(threads > 0 ? threads : Environment.ProcessorCount);
        var normalization = new HostNormalization(this);
        Convolution = new HostConvolution(this, normalization);
        Matrix = new HostMatrix(this);
        Normalization = normalization;
        Elementwise = new HostElementwise(Threads);
        Pooling = new HostPooling(Threads);
        Losses = new HostSoftmaxLosses(Threads);
        Optimizers = new HostOptimizers(this);
        WeightNet = new HostWeightNet();
        Batches = new HostBatches(Threads);
        Views = new HostViews(Threads);
        Contrastive = new HostContrastive(Threads);
    }

    /// <inheritdoc/>
    public override string Id => "host";

    /// <inheritdoc/>
    public override string Description =>
        $"{RuntimeInformation.ProcessArchitecture}, {Threads.Count} threads, {VectorBits}-bit vectors";

    /// <inheritdoc/>
    public override IConvolution Convolution { get; }

    /// <inheritdoc/>
    public override IMatrix Matrix { get; }

    /// <inheritdoc/>
    public override INormalization Normalization { get; }

    /// <inheritdoc/>
    public override IElementwise Elementwise { get; }

    /// <inheritdoc/>
    public override IPooling Pooling { get; }

    /// <inheritdoc/>
    public override ISoftmaxLosses Losses { get; }

    /// <inheritdoc/>
    public override IOptimizers Optimizers { get; }

    /// <inheritdoc/>
    public override IWeightNet WeightNet { get; }

    /// <inheritdoc/>
    public override IBatches Batches { get; }

    /// <inheritdoc/>
    public override IViews Views { get; }

    /// <inheritdoc/>
    public override IContrastive Contrastive { get; }

    /// <summary>Register width of the convolutions' kernels.</summary>
    public int VectorBits { get; }

    /// <summary>The workers.</summary>
    internal HostThreads Threads { get; }

    /// <inheritdoc/>
    public override void Synchronize()
    {
    }

    /// <inheritdoc/>
    protected override DeviceBuffer<T> AllocateCore<T>(long length) => new HostBuffer<T>(this, length);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            Threads.Dispose();
    }
}
