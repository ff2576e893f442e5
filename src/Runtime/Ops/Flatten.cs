using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>x (N,H,W,C) to rows of C*H*W features in ONNX's order, channels first.</summary>
public sealed class Flatten : Op
{
    /// <inheritdoc/>
    public override string Kind => "Flatten";

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs) => new(inputs[0].N, 1, 1, checked(inputs[0].H * inputs[0].W * inputs[0].C));

    /// <inheritdoc/>
    public override void Forward(OpContext context) => Map(context, context.X[0], context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        if (context.Dx[0].IsEmpty)
            return;
        var x = context.X[0].Shape;
        context.Device.Elementwise.ToChannelsLast(x.N, x.H, x.W, x.C, context.Dy, context.Dx[0], context.Accumulate[0]);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => Map(context, context.XDot[0], context.YDot);

    internal static void Import(OnnxNode node, ImportContext context)
    {
        var axis = node.Int("axis", 1);
        var rank = context.Activation(node, 0).Rank;
        if (axis != 1 && axis != 1 - rank)
            throw node.Error($"axis 1 expected, {axis} came");
        AddFlatten(node, context);
    }

    /// <summary>Reshape to (batch, everything else).</summary>
    internal static void ImportReshape(OnnxNode node, ImportContext context)
    {
        var target = context.Constant(node, 1).ToLongs();
        var x = context.Activation(node, 0);
        var features = (long)x.Shape.H * x.Shape.W * x.Shape.C;
        var batchKept = target.Length > 0 && (target[0] == OnnxTensor.BatchSize || target[0] == -1 || target[0] == 0 || target[0] == x.Shape.N);
        if (batchKept && target.Length == 2 && (target[1] == features || (target[1] == -1 && target[0] != -1)))
            AddFlatten(node, context);
        else if (batchKept && target.Length == 4 && x.Rank == 4 && target[1] == x.Shape.C && target[2] == x.Shape.H && target[3] == x.Shape.W)
            context.Alias(node);
        else
            throw node.Error($"a reshape to (batch, {features}) expected, [{string.Join(',', target)}] came");
    }

    /// <summary>Removal of the height and width of 1x1 images.</summary>
    internal static void ImportSqueeze(OnnxNode node, ImportContext context)
    {
        var x = context.Activation(node, 0);
        var axes = node.InputCount > 1 ? context.Constant(node, 1).ToInts() : node.Ints("axes", []);
        if (x.Rank != 4 || x.Shape.H != 1 || x.Shape.W != 1 || axes.Select(a => a < 0 ? a + 4 : a).Order().ToArray() is not [2, 3])
            throw node.Error($"axes [2,3] of 1x1 images expected, [{string.Join(',', axes)}] came");
        AddFlatten(node, context);
    }

    internal static void AddFlatten(OnnxNode node, ImportContext context)
    {
        if (context.Activation(node, 0).Rank == 2)
            context.Alias(node);
        else
            context.Add(node, new Flatten { Name = node.Name }, 2);
    }

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) => context.Node("Flatten", Name, inputs).With("axis", 1).Output;

    private static void Map(OpContext context, Tensor x, Tensor y) =>
        context.Device.Elementwise.ToChannelsFirst(context.X[0].Shape.N, context.X[0].Shape.H, context.X[0].Shape.W, context.X[0].Shape.C, x, y);
}
