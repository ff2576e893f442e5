using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>y = max(x, 0); the derivative at 0 is 0.</summary>
public sealed class Relu : Op
{
    /// <inheritdoc/>
    public override string Kind => "Relu";

    /// <inheritdoc/>
    public override bool ReadsOutputLater => true;

    /// <inheritdoc/>
    public override IReadOnlyList<int> InPlaceGradients => [0];

    /// <inheritdoc/>
    public override bool InPlaceForward => true;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Elementwise.Relu(context.X[0], context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (!context.Dx[0].IsEmpty)
            context.Device.Elementwise.ReluBackward(context.Y, context.Dy, context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Elementwise.ReluBackward(context.Y, context.XDot[0], context.YDot, false);

    internal static void Import(OnnxNode node, ImportContext context) => context.Add(node, new Relu { Name = node.Name });

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) => context.Node("Relu", Name, inputs).Output;
}
