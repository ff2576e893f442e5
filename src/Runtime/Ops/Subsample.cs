using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Every n-th pixel, channels zero-padded: the option-A shortcut (He et al. 2016, section 4.2). ONNX: Slice, then Pad.</summary>
public sealed class Subsample : Op
{
    /// <inheritdoc/>
    public override string Kind => "Subsample";

    /// <summary>Vertical and horizontal step.</summary>
    public (int H, int W) Stride { get; init; } = (1, 1);

    /// <summary>Zero channels in front and behind.</summary>
    public (int Front, int Back) ChannelPad { get; init; }

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs)
    {
        var x = inputs[0];
        return new Shape(x.N, (x.H + Stride.H - 1) / Stride.H, (x.W + Stride.W - 1) / Stride.W, x.C + ChannelPad.Front + ChannelPad.Back);
    }

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Pooling.Subsample(ShapeOf(context), context.X[0], context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (!context.Dx[0].IsEmpty)
            context.Device.Pooling.SubsampleBackward(ShapeOf(context), context.Dy, context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Pooling.Subsample(ShapeOf(context), context.XDot[0], context.YDot);

    /// <summary>The op that does this one and then <paramref name="next"/>.</summary>
    internal Subsample Then(Subsample next) => new()
    {
        Name = next.Name,
        Stride = (Stride.H * next.Stride.H, Stride.W * next.Stride.W),
        ChannelPad = (ChannelPad.Front + next.ChannelPad.Front, ChannelPad.Back + next.ChannelPad.Back),
    };

    internal static void ImportSlice(OnnxNode node, ImportContext context)
    {
        var x = context.Activation(node, 0);
        var byInput = node.InputCount > 1;
        var starts = byInput ? context.Constant(node, 1).ToLongs() : node.Longs("starts", []);
        var ends = byInput ? context.Constant(node, 2).ToLongs() : node.Longs("ends", []);
        var axes = byInput && node.InputCount > 3 ? context.Constant(node, 3).ToLongs() : node.Longs("axes", [.. Enumerable.Range(0, starts.Length).Select(a => (long)a)]);
        var steps = byInput && node.InputCount > 4 ? context.Constant(node, 4).ToLongs() : [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.Error("starts, ends, axes and steps of one length expected");
        long[] sizes = [OnnxTensor.BatchSize, x.Shape.C, x.Shape.H, x.Shape.W];
        var stride = new[] { 1, 1, 1, 1 };
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = axes[i] < 0 ? axes[i] + x.Rank : axes[i];
            var whole = axis >= 0 && axis < x.Rank && starts[i] == 0 && ends[i] >= (axis == 0 ? int.MaxValue : sizes[axis]);
            if (!whole || steps[i] < 1 || (axis < 2 && steps[i] != 1))
                throw node.Error("a slice of every n-th row and column (x[:, :, ::n, ::n]) expected");
            stride[axis] = (int)Math.Min(steps[i], int.MaxValue);
        }

        if (stride[2] == 1 && stride[3] == 1)
            context.Alias(node);
        else
            context.Add(node, new Subsample { Name = node.Name, Stride = (stride[2], stride[3]) }, x.Rank);
    }

    internal static void ImportPad(OnnxNode node, ImportContext context)
    {
        var x = context.Activation(node, 0);
        var pads = node.InputCount > 1 ? context.Constant(node, 1).ToLongs() : node.Longs("pads", []);
        var value = node.InputCount > 2 ? context.Constant(node, 2).Floats![0] : node.Float("value", 0);
        var rank = x.Rank;
        var spatial = pads.Where((_, i) => i % rank != 1).Any(p => p != 0);
        if (node.Text("mode", "constant") != "constant" || value != 0 || pads.Length != 2 * rank || spatial || pads.Any(p => p is < 0 or > int.MaxValue))
            throw node.Error("zero-padding of the channels only expected");
        if (pads[1] == 0 && pads[1 + rank] == 0)
            context.Alias(node);
        else
            context.Add(node, new Subsample { Name = node.Name, ChannelPad = ((int)pads[1], (int)pads[1 + rank]) }, rank);
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs)
    {
        var y = inputs[0];
        if (Stride != (1, 1))
        {
            y = context.Node("Slice", Name + "_slice",
            [
                y, context.Constant(Name + "_starts", 0, 0), context.Constant(Name + "_ends", long.MaxValue, long.MaxValue),
                context.Constant(Name + "_axes", 2, 3), context.Constant(Name + "_steps", Stride.H, Stride.W),
            ]).Output;
        }

        if (ChannelPad != (0, 0))
            y = context.Node("Pad", Name + "_pad", [y, context.Constant(Name + "_pads", 0, ChannelPad.Front, 0, 0, 0, ChannelPad.Back, 0, 0)]).Output;
        return y;
    }

    private SubsampleShape ShapeOf(OpContext context)
    {
        var (x, y) = (context.X[0].Shape, context.Y.Shape);
        return new SubsampleShape(x.N, x.H, x.W, x.C, Stride.H, Stride.W, y.H, y.W, y.C, ChannelPad.Front);
    }
}
