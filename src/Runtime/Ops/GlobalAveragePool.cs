using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Average over each image: x (N,H,W,C), y (N,1,1,C).</summary>
public sealed class GlobalAveragePool : Op
{
    /// <inheritdoc/>
    public override string Kind => "GlobalAveragePool";

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => new(inputs[0].N, 1, 1, inputs[0].C);

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

    internal static void Import(OnnxNode node, ImportContext context) => context.Add(node, new GlobalAveragePool { Name = node.Name });

    /// <summary>ReduceMean over height and width is the same thing.</summary>
    internal static void ImportReduceMean(OnnxNode node, ImportContext context)
    {
        var axes = node.InputCount > 1 ? context.Constant(node, 1).ToInts() : node.Ints("axes", []);
        var rank = context.Activation(node, 0).Rank;
        var sorted = axes.Select(a => a < 0 ? a + rank : a).Order().ToArray();
        if (rank != 4 || sorted is not [2, 3])
            throw node.Error($"axes [2,3] of a 4-dimensional input expected, [{string.Join(',', axes)}] of {rank} dimensions came");
        context.Add(node, new GlobalAveragePool { Name = node.Name }, node.Int("keepdims", 1) == 1 ? 4 : 2);
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) => context.Node("GlobalAveragePool", Name, inputs).Output;

    private static Pool2dShape ShapeOf(OpContext context)
    {
        var x = context.X[0].Shape;
        return Pool2dShape.Global(x.N, x.H, x.W, x.C);
    }
}
