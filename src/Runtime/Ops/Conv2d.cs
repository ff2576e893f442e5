using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Two-dimensional convolution, dilation 1, groups 1: x (N,H,W,C), w (R,S,C,K), y (N,P,Q,K), optional bias (K).</summary>
public sealed class Conv2d : Op
{
    /// <inheritdoc/>
    public override string Kind => "Conv";

    /// <summary>The filter's slice.</summary>
    public required int Weight { get; init; }

    /// <summary>The bias's slice, or -1.</summary>
    public int Bias { get; init; } = -1;

    /// <summary>Input channels.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Output channels.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Filter height and width.</summary>
    public required (int R, int S) Filter { get; init; }

    /// <summary>Vertical and horizontal stride.</summary>
    public (int H, int W) Stride { get; init; } = (1, 1);

    /// <summary>Zero rows and columns around the input.</summary>
    public (int Top, int Left, int Bottom, int Right) Pad { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> ParameterSlices => Bias < 0 ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    public override bool ReadsInputLater(int index) => true;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs)
    {
        var x = inputs[0];
        if (x.C != InputChannels)
            throw Error($"{InputChannels} input channels expected, {x.C} came");
        var p = ((x.H + Pad.Top + Pad.Bottom - Filter.R) / Stride.H) + 1;
        var q = ((x.W + Pad.Left + Pad.Right - Filter.S) / Stride.W) + 1;
        if (x.H + Pad.Top + Pad.Bottom < Filter.R || x.W + Pad.Left + Pad.Right < Filter.S)
            throw Error($"an input of at least {Filter.R - Pad.Top - Pad.Bottom}x{Filter.S - Pad.Left - Pad.Right} expected, {x.H}x{x.W} came");
        return new Shape(x.N, p, q, OutputChannels);
    }

    /// <inheritdoc/>
    public override void Forward(OpContext context)
    {
        var shape = ShapeOf(context);
        if (context.OutputNorm is var (norm, behind))
            context.Device.Convolution.ForwardWithMoments(shape, Input(context), context.W(Weight), context.Y, norm.Mean(behind), norm.Variance(behind), norm.Table(behind));
        else
            context.Device.Convolution.Forward(shape, Input(context), context.W(Weight), Bias < 0 ? default : context.W(Bias), context.Y, false);
    }

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        var shape = ShapeOf(context);
        var dy = context.GatheredCotangent is var (behind, own) ? behind.GatheredCotangent(own) : context.Dy;
        if (!context.Dw(Weight).IsEmpty)
            context.Device.Convolution.BackwardFilter(shape, Input(context), dy, context.Dw(Weight));
        if (Bias >= 0 && !context.Dw(Bias).IsEmpty)
            context.Device.Convolution.BackwardBias(shape, context.Dy, context.Dw(Bias));
        if (context.InputNorm is var (norm, input))
            context.Device.Convolution.BackwardData(shape, dy, context.W(Weight), context.Dx[0], context.Accumulate[0], norm.Normalized(input));
        else if (!context.Dx[0].IsEmpty)
            context.Device.Convolution.BackwardData(shape, dy, context.W(Weight), context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    /// <remarks>Bilinear: yDot = x * wDot + xDot * w + biasDot.</remarks>
    public override void Jvp(OpContext context)
    {
        var shape = ShapeOf(context);
        context.Device.Convolution.Jvp(
            shape, Input(context), context.XDot[0], context.W(Weight), context.WDot(Weight), Bias < 0 ? default : context.WDot(Bias), context.YDot);
    }

    internal static void Import(OnnxNode node, ImportContext context)
    {
        node.RequireDefault("dilations", 1);
        node.RequireDefault("group", 1);
        var weight = context.Constant(node, 1);
        if (weight.Dims.Length != 4)
            throw node.Error($"a filter of 4 dimensions expected, {weight.Dims.Length} came");
        var strides = node.Ints("strides", [1, 1]);
        var bias = node.InputCount > 2 ? context.Parameter(node, 2, ParameterKind.Plain) : -1;
        var (r, s) = (weight.Dims[2], weight.Dims[3]);
        var x = context.Activation(node, 0);
        context.Add(node, new Conv2d
        {
            Name = node.Name,
            Weight = context.Parameter(node, 1, ParameterKind.Filter),
            Bias = bias,
            InputChannels = weight.Dims[1],
            OutputChannels = weight.Dims[0],
            Filter = (r, s),
            Stride = (node.Positive(strides[0], "strides"), node.Positive(strides[1], "strides")),
            Pad = node.Padding(x.Shape, (r, s), (strides[0], strides[1])),
        });
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs)
    {
        var names = new List<string> { inputs[0], context.Parameter(Weight) };
        if (Bias >= 0)
            names.Add(context.Parameter(Bias));
        return context.Node("Conv", Name, names)
            .With("dilations", 1, 1).With("group", 1).With("kernel_shape", Filter.R, Filter.S)
            .With("pads", Pad.Top, Pad.Left, Pad.Bottom, Pad.Right).With("strides", Stride.H, Stride.W).Output;
    }

    internal Conv2dShape ShapeOf(OpContext context)
    {
        var (x, y) = (context.X[0].Shape, context.Y.Shape);
        return new Conv2dShape(x.N, x.H, x.W, x.C, y.C, Filter.R, Filter.S, Stride.H, Stride.W, Pad.Top, Pad.Left, y.H, y.W);
    }

    private static GatheredTensor Input(OpContext context) => context.GatheredInput is var (norm, own) ? norm.GatheredOutput(own) : context.X[0];
}
