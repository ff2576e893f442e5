using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Runtime;

/// <summary>Launches <see cref="GpuProduct"/>: chooses tile, inner loop, copies and parts.</summary>
internal sealed class IlgpuProduct(IlgpuDevice device, Accelerator accelerator, IlgpuKernels kernels, Precision precision)
{
    /// <summary>From this many parts on their sums are added up by several threads.</summary>
    private const int ManyParts = 16;

    private readonly bool _isAmpere = accelerator is CudaAccelerator { Architecture.Major: >= 8 };

    /// <summary>How a product is cut.</summary>
    public ProductPlan Plan<TPass>(in Conv2dShape s, int phases, bool walks)
        where TPass : unmanaged, IProductPass<TPass>
    {
        var pass = TPass.Create(s, 0);
        return ProductPlan.Choose(pass.Rows, pass.Columns, pass.Depth, phases, kernels.Limits.Multiprocessors, walks);
    }

    /// <summary>target = alpha * product + beta * target + bias.</summary>
    /// <param name="s">The convolution.</param>
    /// <param name="phases">Interleaved products, see <see cref="IProductPass{TSelf}.Create"/>.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="bias">One value a column, or empty.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of what was there.</param>
    /// <param name="target">The result.</param>
    /// <param name="aligned">Whether rows of all three start at multiples of 4 floats.</param>
    /// <param name="walks">Whether the left operand is copied pixel by pixel.</param>
    /// <param name="leftMapping">What a pass that maps its left operand works with.</param>
    /// <param name="rightMapping">What a pass that maps its right operand works with.</param>
    /// <param name="wanted">What is wanted of the columns besides. Only of products without bias, alpha and parts, whose phases have equally many rows.</param>
    /// <param name="behind">Not negative: the caller adds parts up, and wants so many floats of scratch memory besides. Only without bias and alpha.</param>
    /// <returns>The parts that the caller must add up.</returns>
    public ProductParts Run<TPass>(
        in Conv2dShape s, int phases, DeviceView<float> left, DeviceView<float> right, DeviceView<float> bias, float alpha, float beta, DeviceView<float> target, bool aligned, bool walks,
        OperandMapping leftMapping = default, OperandMapping rightMapping = default, ProductColumns wanted = default, long behind = -1)
        where TPass : unmanaged, IProductPass<TPass>
    {
        CheckSizes(s);
        var pass = TPass.Create(s, 0);
        var plan = Plan<TPass>(s, phases, walks);
        var parts = plan.Parts;
        var length = (long)pass.Rows * pass.Columns;
        var scratch = parts > 1 ? device.Scratch((parts * length) + Math.Max(0, behind)) : default;
        var partial = parts > 1 ? scratch.Slice(0, parts * length) : default;
        var (l, r, t) = (IlgpuView.Of(left), IlgpuView.Of(right), IlgpuView.Of(parts > 1 ? partial : target));
        var operands = new ProductOperands(l, IlgpuView.Address(left), r, IlgpuView.Address(right), t, IlgpuView.Address(parts > 1 ? partial : target), leftMapping, rightMapping);
        var end = parts > 1 ? new ProductEnd(parts, plan.StagesOfPart, 1, 0) : new ProductEnd(1, int.MaxValue, alpha, beta);
        var quads = aligned && (operands.LeftAddress | operands.RightAddress | operands.TargetAddress | leftMapping.OtherAddress | rightMapping.OtherAddress) % 16 == 0;
        if (TPass.Maps && !quads)
            throw new ArgumentException("A batch-norm that is worked out while it is gathered: channels in multiples of four and views at multiples of 16 bytes expected.");
        var launch = new Launch(s, end, operands, IlgpuView.Of(parts > 1 ? default : bias), wanted, plan, phases, quads, _isAmpere && precision == Precision.Tf32 && !IsLinear(s));
        switch (plan.Columns)
        {
            case 128:
                Run<TPass, Tile128x128>(launch);
                break;
            case 64:
                Run<TPass, Tile128x64>(launch);
                break;
            default:
                Run<TPass, Tile128x32>(launch);
                break;
        }

        if (parts > 1 && behind >= 0)
            return new ProductParts(partial, parts, beta, scratch.Slice(parts * length, behind));
        if (parts > 1)
        {
            var add = new ProductEnd(parts, plan.StagesOfPart, alpha, beta);
            if (parts >= ManyParts)
                kernels.Run(GpuProduct.AddManyParts, kernels.Groups((length + GpuProduct.PartColumns - 1) / GpuProduct.PartColumns), add, pass.Columns, t, IlgpuView.Of(bias), IlgpuView.Of(target, length));
            else
                kernels.Run(GpuProduct.AddParts, kernels.Elements(length), add, pass.Columns, t, IlgpuView.Of(bias), IlgpuView.Of(target, length));
        }

        return default;
    }

    private void Run<TPass, TTile>(Launch launch)
        where TPass : unmanaged, IProductPass<TPass>
        where TTile : unmanaged, IProductTile
    {
        if (launch.TensorCores)
            Run<TPass, TTile, TensorCoreProduct>(launch);
        else
            Run<TPass, TTile, ScalarProduct>(launch);
    }

    private void Run<TPass, TTile, TInner>(Launch launch)
        where TPass : unmanaged, IProductPass<TPass>
        where TTile : unmanaged, IProductTile
        where TInner : unmanaged, IInnerProduct<TInner>
    {
        switch (_isAmpere, launch.Quads)
        {
            case (true, true):
                Run<TPass, TTile, TInner, AsyncQuads>(launch);
                break;
            case (true, false):
                Run<TPass, TTile, TInner, AsyncSingles>(launch);
                break;
            case (false, true):
                Run<TPass, TTile, TInner, PlainQuads>(launch);
                break;
            default:
                Run<TPass, TTile, TInner, PlainSingles>(launch);
                break;
        }
    }

    private void Run<TPass, TTile, TInner, TTransfer>(Launch launch)
        where TPass : unmanaged, IProductPass<TPass>
        where TTile : unmanaged, IProductTile
        where TInner : unmanaged, IInnerProduct<TInner>
        where TTransfer : unmanaged, ITransfer
    {
        kernels.Limits.Check("bytes of shared memory a group", kernels.Limits.SharedBytes, (ProductTile<TTile>.SharedLength + TPass.OtherLength<TTile>()) * sizeof(float));
        var threads = ProductTile<TTile>.Threads;
        var config = kernels.Limits.Config(launch.Plan.Across, launch.Plan.Down, launch.Phases * launch.End.Splits, threads);
        var specialization = new KernelSpecialization(threads, ProductTile<TTile>.ResidentBlocks(GpuProduct.Registers<TPass, TInner, TTransfer>()));
        kernels.Run(GpuProduct.Run<TPass, TTile, TInner, TTransfer>, config, specialization, launch.Shape, launch.End, launch.Operands, launch.Bias, launch.Wanted);
    }

    /// <summary>Linear layers are float32 in either precision, as in PyTorch: they cost nothing and feed the loss directly.</summary>
    private static bool IsLinear(in Conv2dShape s) => s is { H: 1, W: 1, R: 1, S: 1, P: 1, Q: 1 };

    private void CheckSizes(in Conv2dShape s)
    {
        kernels.Limits.Check("elements of an input", int.MaxValue, s.InputLength);
        kernels.Limits.Check("elements of an output", int.MaxValue, s.OutputLength);
        kernels.Limits.Check("elements of a filter", int.MaxValue, s.FilterLength);
        kernels.Limits.Check("taps a side of a filter", ProductRow.MaxTaps, Math.Max(s.R, s.S));
    }

    private readonly record struct Launch(
        Conv2dShape Shape, ProductEnd End, ProductOperands Operands, ArrayView<float> Bias, ProductColumns Wanted, ProductPlan Plan, int Phases, bool Quads, bool TensorCores);
}
