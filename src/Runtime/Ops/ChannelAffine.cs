using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>y = x * scale + shift with constants per channel that are not trained: input normalization inside a model. ONNX: Mul, then Add.</summary>
public sealed class ChannelAffine : Op
{
    /// <inheritdoc/>
    public override string Kind => "ChannelAffine";

    /// <summary>The scale's slice of the model's state, or -1 for 1.</summary>
    public int Scale { get; init; } = -1;

    /// <summary>The shift's slice of the model's state, or -1 for 0.</summary>
    public int Shift { get; init; } = -1;

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <inheritdoc/>
    public override bool InPlaceForward => true;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) =>
        inputs[0].C == Channels ? inputs[0] : throw Error($"{Channels} channels expected, {inputs[0].C} came");

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Elementwise.ChannelAffine(
        context.X[0].Shape.Rows, Channels, context.X[0], Running(context, Scale), Running(context, Shift), context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (context.Dx[0].IsEmpty)
            return;
        var target = context.Dx[0];
        if (context.Accumulate[0])
        {
            // dy is not read after this op, so that it can hold the scaled cotangent.
            context.Device.Elementwise.ChannelAffine(target.Shape.Rows, Channels, context.Dy, Running(context, Scale), default, context.Dy);
            context.Device.Elementwise.Add(target, context.Dy, target);
        }
        else
        {
            context.Device.Elementwise.ChannelAffine(target.Shape.Rows, Channels, context.Dy, Running(context, Scale), default, target);
        }
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Elementwise.ChannelAffine(
        context.X[0].Shape.Rows, Channels, context.XDot[0], Running(context, Scale), default, context.YDot);

    /// <summary>Add, Sub, Mul and Div with one constant operand that varies by channel at most.</summary>
    internal static void Import(OnnxNode node, ImportContext context)
    {
        var left = context.IsActivation(node, 0);
        if (!left && !context.IsActivation(node, 1))
            throw node.Error("one computed operand expected");
        var (x, constant) = (context.Activation(node, left ? 0 : 1), context.Constant(node, left ? 1 : 0));
        var values = PerChannel(node, x, constant);
        var (scale, shift) = (node.OpType, left) switch
        {
            ("Add", _) => (null, values),
            ("Sub", true) => (null, values.Select(v => -v).ToArray()),
            ("Sub", false) => (values.Select(_ => -1f).ToArray(), values),
            ("Mul", _) => (values, null),
            ("Div", true) => (values.Select(v => 1 / v).ToArray(), null),
            _ => throw node.Error("a constant divisor expected"),
        };
        context.Add(node, new ChannelAffine
        {
            Name = node.Name,
            Channels = x.Shape.C,
            Scale = scale is null ? -1 : context.FixedState(node.Name + ".scale", scale),
            Shift = shift is null ? -1 : context.FixedState(node.Name + ".shift", shift),
        }, x.Rank, left ? 0 : 1);
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs)
    {
        var y = inputs[0];
        if (Scale >= 0)
            y = context.Node("Mul", Name + "_mul", [y, context.StateValue(Scale, context.IsRank2(inputs[0]) ? [1, Channels] : [1, Channels, 1, 1])]).Output;
        if (Shift >= 0)
            y = context.Node("Add", Name + "_add", [y, context.StateValue(Shift, context.IsRank2(inputs[0]) ? [1, Channels] : [1, Channels, 1, 1])]).Output;
        return y;
    }

    private static float[] PerChannel(OnnxNode node, ImportedValue x, OnnxTensor constant)
    {
        var channels = x.Shape.C;
        var floats = constant.Floats ?? throw node.Error("a float constant expected");
        if (floats.Length == 1)
            return [.. Enumerable.Repeat(floats[0], channels)];
        var channelAxis = constant.Dims.Length - (x.Rank == 4 ? 3 : 1);
        if (floats.Length != channels || channelAxis < 0 || constant.Dims[channelAxis] != channels)
            throw node.Error($"a constant per channel ({channels} values) expected, shape [{string.Join(',', constant.Dims)}] came");
        return floats;
    }

    private static DeviceView<float> Running(OpContext context, int slice) => slice < 0 ? default : context.Running(slice);
}
