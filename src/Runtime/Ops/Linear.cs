using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>A linear layer: y (N,K) = x (N,C) w (C,K) + bias (K).</summary>
public sealed class Linear : Op
{
    /// <inheritdoc/>
    public override string Kind => "Gemm";

    /// <summary>The weight's slice.</summary>
    public required int Weight { get; init; }

    /// <summary>The bias's slice, or -1.</summary>
    public int Bias { get; init; } = -1;

    /// <summary>Inputs, C.</summary>
    public required int Inputs { get; init; }

    /// <summary>Outputs, K.</summary>
    public required int Outputs { get; init; }

    /// <summary>How ONNX holds the weight: (K,C) where true, (C,K) where false.</summary>
    public bool OnnxTransposed { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<int> ParameterSlices => Bias < 0 ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    public override bool ReadsInputLater(int index) => true;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => inputs[0] is { H: 1, W: 1 } x && x.C == Inputs
        ? new Shape(x.N, 1, 1, Outputs)
        : throw Error($"rows of {Inputs} features expected, {inputs[0]} came");

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Convolution.Forward(
        ShapeOf(context), context.X[0], context.W(Weight), Bias < 0 ? default : context.W(Bias), context.Y, false);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        var shape = ShapeOf(context);
        if (!context.Dw(Weight).IsEmpty)
            context.Device.Convolution.BackwardFilter(shape, context.X[0], context.Dy, context.Dw(Weight));
        if (Bias >= 0 && !context.Dw(Bias).IsEmpty)
            context.Device.Convolution.BackwardBias(shape, context.Dy, context.Dw(Bias));
        if (!context.Dx[0].IsEmpty)
            context.Device.Convolution.BackwardData(shape, context.Dy, context.W(Weight), context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context)
    {
        var shape = ShapeOf(context);
        context.Device.Convolution.Forward(shape, context.X[0], context.WDot(Weight), Bias < 0 ? default : context.WDot(Bias), context.YDot, false);
        if (!context.XDot[0].IsEmpty)
            context.Device.Convolution.Forward(shape, context.XDot[0], context.W(Weight), default, context.YDot, true);
    }

    internal static void ImportGemm(OnnxNode node, ImportContext context)
    {
        if (node.Float("alpha", 1) != 1 || node.Float("beta", 1) != 1)
            throw node.Error("alpha = beta = 1 expected");
        node.RequireDefault("transA", 0);
        Import(node, context, node.Int("transB", 0) == 1, node.InputCount > 2 ? context.Parameter(node, 2, ParameterKind.Plain) : -1);
    }

    internal static void ImportMatMul(OnnxNode node, ImportContext context)
    {
        var bias = context.TakeFollowingBias(node, constant => constant.Dims is [var k] && k == context.Constant(node, 1).Dims[^1]);
        Import(node, context, false, bias);
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs)
    {
        var names = new List<string> { inputs[0], context.Parameter(Weight) };
        if (Bias >= 0)
            names.Add(context.Parameter(Bias));
        return context.Node("Gemm", Name, names).With("transB", OnnxTransposed ? 1 : 0).Output;
    }

    private static void Import(OnnxNode node, ImportContext context, bool transposed, int bias)
    {
        var weight = context.Constant(node, 1);
        if (weight.Dims.Length != 2)
            throw node.Error($"a weight of 2 dimensions expected, {weight.Dims.Length} came");
        var (outputs, inputs) = transposed ? (weight.Dims[0], weight.Dims[1]) : (weight.Dims[1], weight.Dims[0]);
        if (bias >= 0 && context.Model.Parameters.Slices[bias].Length != outputs)
            throw node.Error($"a bias of {outputs} values expected, {context.Model.Parameters.Slices[bias].Length} came");
        context.Add(node, new Linear
        {
            Name = node.Name,
            Weight = context.Parameter(node, 1, transposed ? ParameterKind.Transposed : ParameterKind.Plain),
            Bias = bias,
            Inputs = inputs,
            Outputs = outputs,
            OnnxTransposed = transposed,
        });
        context.Complete(node);
    }

    private Conv2dShape ShapeOf(OpContext context) => Conv2dShape.Linear(context.X[0].Shape.N, Inputs, Outputs);
}
