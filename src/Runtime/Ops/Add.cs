using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>y = a + b, equal shapes.</summary>
public sealed class Add : Op
{
    /// <inheritdoc/>
    public override string Kind => "Add";

    /// <inheritdoc/>
    public override IReadOnlyList<int> InPlaceGradients => [0];

    /// <inheritdoc/>
    public override bool InPlaceForward => true;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) =>
        inputs[0] == inputs[1] ? inputs[0] : throw Error($"equal shapes expected, {inputs[0]} and {inputs[1]} came");

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Elementwise.Add(context.X[0], context.X[1], context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        // Input 1 first: input 0's gradient may be dy's own memory.
        for (var i = 1; i >= 0; i--)
        {
            if (context.Dx[i].IsEmpty)
                continue;
            if (context.Accumulate[i])
                context.Device.Elementwise.Add(context.Dx[i], context.Dy, context.Dx[i]);
            else if (!context.Dx[i].View.IsSameAs(context.Dy.View))
                context.Device.Elementwise.Copy(context.Dy, context.Dx[i]);
        }
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context)
    {
        if (context.XDot[0].IsEmpty || context.XDot[1].IsEmpty)
            context.Device.Elementwise.Copy(context.XDot[0].IsEmpty ? context.XDot[1] : context.XDot[0], context.YDot);
        else
            context.Device.Elementwise.Add(context.XDot[0], context.XDot[1], context.YDot);
    }

    internal static void Import(OnnxNode node, ImportContext context)
    {
        if (context.IsActivation(node, 0) && context.IsActivation(node, 1))
            context.Add(node, new Add { Name = node.Name });
        else
            ChannelAffine.Import(node, context);
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) => context.Node("Add", Name, inputs).Output;
}
