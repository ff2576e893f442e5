using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Maximum over a window; padding never wins, the first of equals in row order does.</summary>
public sealed class MaxPool : Op
{
    /// <inheritdoc/>
    public override string Kind => "MaxPool";

    /// <summary>The window.</summary>
    public required PoolWindow Window { get; init; }

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => Window.Infer(inputs[0]) ?? throw Error($"a window of {Window.R}x{Window.S} does not fit {inputs[0]}");

    /// <inheritdoc/>
    public override long SavedIndicesLength(ReadOnlySpan<Shape> inputs) => Infer(inputs).Length;

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Pooling.MaxForward(ShapeOf(context), context.X[0], context.Y, context.SavedIndices);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (!context.Dx[0].IsEmpty)
            context.Device.Pooling.MaxBackward(ShapeOf(context), context.Dy, context.SavedIndices, context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Pooling.MaxJvp(ShapeOf(context), context.XDot[0], context.SavedIndices, context.YDot);

    internal static void Import(OnnxNode node, ImportContext context)
    {
        node.RequireDefault("dilations", 1);
        node.RequireDefault("storage_order", 0);
        if (node.OutputCount > 1)
            throw node.Error("one output expected; the indices output is not supported");
        context.Add(node, new MaxPool { Name = node.Name, Window = PoolWindow.Import(node, context.Activation(node, 0).Shape) });
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) => Window.Export(context.Node("MaxPool", Name, inputs)).Output;

    private Pool2dShape ShapeOf(OpContext context) => Window.ToShape(context.X[0].Shape, context.Y.Shape);
}
