using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Average over a window.</summary>
public sealed class AveragePool : Op
{
    /// <inheritdoc/>
    public override string Kind => "AveragePool";

    /// <summary>The window.</summary>
    public required PoolWindow Window { get; init; }

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => Window.Infer(inputs[0]) ?? throw Error($"a window of {Window.R}x{Window.S} does not fit {inputs[0]}");

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Pooling.AverageForward(ShapeOf(context), context.X[0], context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (!context.Dx[0].IsEmpty)
            context.Device.Pooling.AverageBackward(ShapeOf(context), context.Dy, context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Pooling.AverageForward(ShapeOf(context), context.XDot[0], context.YDot);

    internal static void Import(OnnxNode node, ImportContext context)
    {
        node.RequireDefault("dilations", 1);
        context.Add(node, new AveragePool { Name = node.Name, Window = PoolWindow.Import(node, context.Activation(node, 0).Shape) });
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) =>
        Window.Export(context.Node("AveragePool", Name, inputs)).With("count_include_pad", Window.CountPadding ? 1 : 0).Output;

    private Pool2dShape ShapeOf(OpContext context) => Window.ToShape(context.X[0].Shape, context.Y.Shape);
}
