using CudaNoisy.Kernels.Gpu;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Runtime;

/// <summary>A CUDA device through ILGPU, or ILGPU's CPU accelerator, which simulates one and is for deterministic unit tests.</summary>
public sealed class IlgpuDevice : Device
{
    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly AcceleratorStream _stream;
    private readonly CudaUploads? _uploads;
    private readonly CudaGraphs? _graphs;

    private IlgpuDevice(Context context, Accelerator accelerator, string id, Precision precision)
    {
        _context = context;
        _accelerator = accelerator;
        _stream = accelerator.CreateStream();
        if (accelerator is CudaAccelerator)
            (_uploads, _graphs) = (new CudaUploads(), CudaGraphs.Find());
        Id = id;
        var groupSize = id == CpuId ? CpuGroup : Math.Min(GpuIndex.MaxGroup, accelerator.MaxNumThreadsPerGroup);
        var kernels = new IlgpuKernels(accelerator, _stream, groupSize);
        var products = new IlgpuProduct(this, accelerator, kernels, precision);
        var normalization = new IlgpuNormalization(this, kernels);
        Convolution = new IlgpuConvolution(this, normalization, products);
        Matrix = new IlgpuMatrix(products);
        Normalization = normalization;
        Elementwise = new IlgpuElementwise(kernels);
        Pooling = new IlgpuPooling(kernels);
        Losses = new IlgpuSoftmaxLosses(kernels);
        Optimizers = new IlgpuOptimizers(kernels);
        WeightNet = new IlgpuWeightNet(kernels);
        Batches = new IlgpuBatches(kernels);
        Views = new IlgpuViews(kernels);
        Contrastive = new IlgpuContrastive(kernels);
    }

    /// <summary>The id of ILGPU's CPU accelerator.</summary>
    public const string CpuId = "ilgpu-cpu";

    private const int CpuGroup = 32;

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override string Description => $"{_accelerator.Name}, {_accelerator.NumMultiprocessors} multiprocessors, {_accelerator.MemorySize >> 20} MiB";

    /// <inheritdoc/>
    public override IConvolution Convolution { get; }

    /// <inheritdoc/>
    public override IMatrix Matrix { get; }

    /// <inheritdoc/>
    public override INormalization Normalization { get; }

    /// <inheritdoc/>
    public override bool GathersNormalizations => true;

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

    /// <summary>Opens ILGPU's CPU accelerator.</summary>
    public static IlgpuDevice OpenCpu()
    {
        var context = Context.Create(builder => builder.CPU(new CPUDevice(32, 8, 1)).EnableAlgorithms());
        return new IlgpuDevice(context, context.GetCPUDevice(0).CreateCPUAccelerator(context), CpuId, Precision.Fp32);
    }

    /// <summary>Opens a CUDA device.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="precision">How convolutions multiply.</param>
    /// <exception cref="InputException">It is not there; the message says why.</exception>
    public static IlgpuDevice OpenCuda(int index, Precision precision = Precision.Tf32)
    {
        var (context, reason) = CudaContext();
        if (context is null)
            throw new InputException($"--device cuda: a CUDA device expected, but {reason}");
        var devices = context.GetCudaDevices();
        if (index >= 0 && index < devices.Count)
            return new IlgpuDevice(context, devices[index].CreateCudaAccelerator(context), $"cuda:{index}", precision);
        var count = devices.Count;
        context.Dispose();
        throw new InputException($"--device cuda:{index}: a number below {count} expected, {index} came");
    }

    /// <summary>The CUDA devices, or why there is none.</summary>
    public static IReadOnlyList<(string Id, string Description)> ListCuda()
    {
        var (context, reason) = CudaContext();
        if (context is null)
            return [("cuda", $"not available: {reason}")];
        using (context)
        {
            var list = new List<(string Id, string Description)>();
            foreach (var d in context.GetCudaDevices())
                list.Add(($"cuda:{list.Count}", $"{d.Name}, compute capability {d.Architecture}, {d.NumMultiprocessors} multiprocessors, {d.MemorySize >> 20} MiB"));
            return list;
        }
    }

    /// <inheritdoc/>
    public override void Synchronize() => _stream.Synchronize();

    /// <inheritdoc/>
    public override Recording Record(Action launches) => _graphs is null ? base.Record(launches) : new CudaRecording(this, _graphs, ((CudaStream)_stream).StreamPtr, launches);

    /// <summary>Starts a copy that nobody has to wait for; false where it must be made in another way.</summary>
    internal bool TryUpload(nint target, ReadOnlySpan<byte> source) => _uploads is not null && _uploads.TryCopy(target, source, _stream);

    /// <inheritdoc/>
    protected override DeviceBuffer<T> AllocateCore<T>(long length)
    {
        try
        {
            return new IlgpuBuffer<T>(this, _accelerator, _stream, length);
        }
        catch (CudaException)
        {
            var free = _accelerator is CudaAccelerator cuda ? cuda.GetFreeMemory() : 0;
            throw new DeviceMemoryException(Id, length * Interop.SizeOf<T>(), free);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _uploads?.Dispose();
        _stream.Dispose();
        _accelerator.Dispose();
        _context.Dispose();
    }

    /// <summary>How kernels are compiled for CUDA; the PTX gate does the same. The second level vectorises accesses to structs.</summary>
    public static void Configure(Context.Builder builder) => builder.EnableAlgorithms().Optimize(OptimizationLevel.O2);

    private static (Context? Context, string Reason) CudaContext()
    {
        try
        {
            var context = Context.Create(builder => Configure(builder.Cuda()));
            if (context.GetCudaDevices().Count > 0)
                return (context, "");
            context.Dispose();
            return (null, "the CUDA driver (libcuda) is missing or lists no device");
        }
        catch (Exception e) when (e is DllNotFoundException or CudaException or NotSupportedException)
        {
            return (null, e.Message.Split('\n')[0]);
        }
    }
}
