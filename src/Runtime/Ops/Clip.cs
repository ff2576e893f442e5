using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>y = min(max(x, low), high): ReLU6 and kin. The derivative is 1 strictly inside, 0 elsewhere.</summary>
public sealed class Clip : Op
{
    /// <inheritdoc/>
    public override string Kind => "Clip";

    /// <summary>Lower bound.</summary>
    public float Low { get; init; } = float.NegativeInfinity;

    /// <summary>Upper bound.</summary>
    public float High { get; init; } = float.PositiveInfinity;

    /// <inheritdoc/>
    public override bool ReadsInputLater(int index) => true;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Elementwise.Clip(context.X[0], Low, High, context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (!context.Dx[0].IsEmpty)
            context.Device.Elementwise.ClipBackward(context.X[0], Low, High, context.Dy, context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Elementwise.ClipBackward(context.X[0], Low, High, context.XDot[0], context.YDot, false);

    internal static void Import(OnnxNode node, ImportContext context) => context.Add(node, new Clip
    {
        Name = node.Name,
        Low = node.HasInput(1) ? context.Constant(node, 1).Floats![0] : node.Float("min", float.NegativeInfinity),
        High = node.HasInput(2) ? context.Constant(node, 2).Floats![0] : node.Float("max", float.PositiveInfinity),
    });

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) =>
        context.Node("Clip", Name, [inputs[0], context.Constant(Name + "_min", Low), context.Constant(Name + "_max", High)]).Output;
}
