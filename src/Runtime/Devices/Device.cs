namespace CudaNoisy.Runtime;

/// <summary>Memory, launches and synchronisation of one compute device. Launches are issued in order; nothing above this layer asks which kind it is.</summary>
/// <remarks>Not thread-safe: one thread drives a device. Launchers never allocate in steady state: scratch comes from <see cref="Scratch"/>,
/// which grows on first use and is then reused.</remarks>
public abstract class Device : IDisposable
{
    private DeviceBuffer<float>? _scratch;

    /// <summary>What <c>--device</c> calls it: <c>host</c>, <c>cuda:0</c>, <c>ilgpu-cpu</c>.</summary>
    public abstract string Id { get; }

    /// <summary>Human-readable description: processor or card, cores, vector width or compute capability.</summary>
    public abstract string Description { get; }

    /// <summary>Convolutions and linear layers.</summary>
    public abstract IConvolution Convolution { get; }

    /// <summary>Matrix products of row-major matrices.</summary>
    public abstract IMatrix Matrix { get; }

    /// <summary>Batch normalization, with the residual addition and ReLU that follow it.</summary>
    public abstract INormalization Normalization { get; }

    /// <summary>Whether batch-norms can be worked out while their output or the cotangent of their input is gathered: <see cref="GatheredTensor"/>, <see cref="ConvolutionCotangent"/>.</summary>
    /// <remarks>Channels of such a convolution's input and output must <see cref="NormalizationTable.Fits"/>, its operands start at multiples of 16 bytes.</remarks>
    public virtual bool GathersNormalizations => false;

    /// <summary>Element-wise maps and reductions.</summary>
    public abstract IElementwise Elementwise { get; }

    /// <summary>Pooling and subsampling.</summary>
    public abstract IPooling Pooling { get; }

    /// <summary>Softmax losses.</summary>
    public abstract ISoftmaxLosses Losses { get; }

    /// <summary>Optimizer updates over flat parameter buffers.</summary>
    public abstract IOptimizers Optimizers { get; }

    /// <summary>Meta-Weight-Net's weighting network.</summary>
    public abstract IWeightNet WeightNet { get; }

    /// <summary>Batches of images and labels drawn from device-resident sets.</summary>
    public abstract IBatches Batches { get; }

    /// <summary>Random views of images.</summary>
    public abstract IViews Views { get; }

    /// <summary>NT-Xent's passes.</summary>
    public abstract IContrastive Contrastive { get; }

    /// <summary>Bytes allocated now.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>The most bytes ever allocated at one time.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Changes when scratch memory moves.</summary>
    internal long ScratchVersion { get; private set; }

    /// <summary>Allocates zeroed memory, aligned to 64 bytes at least.</summary>
    /// <exception cref="DeviceMemoryException">There is not enough memory.</exception>
    public DeviceBuffer<T> Allocate<T>(long length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return AllocateCore<T>(length);
    }

    /// <summary>Waits until everything launched so far has finished.</summary>
    public abstract void Synchronize();

    /// <summary>Notes launches that will be issued again and again with the same arguments.</summary>
    public virtual Recording Record(Action launches) => new(launches);

    /// <summary>Device-owned scratch floats. The content is valid until the next launcher call; it grows when a larger view is first asked for.</summary>
    public DeviceView<float> Scratch(long length)
    {
        if (_scratch is null || _scratch.Length < length)
        {
            Synchronize();
            _scratch?.Dispose();
            _scratch = null;
            _scratch = Allocate<float>(length);
            ScratchVersion++;
        }

        return new DeviceView<float>(_scratch, 0, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Allocates zeroed memory; implementations report it through <see cref="OnAllocated"/>.</summary>
    protected abstract DeviceBuffer<T> AllocateCore<T>(long length)
        where T : unmanaged;

    /// <summary>Releases scratch memory; overriders release the device afterwards.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _scratch?.Dispose();
        _scratch = null;
    }

    /// <summary>Books an allocation (positive) or a release (negative), in bytes.</summary>
    protected internal void OnAllocated(long bytes)
    {
        AllocatedBytes += bytes;
        PeakBytes = Math.Max(PeakBytes, AllocatedBytes);
    }
}
