using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>A convolution and the batch-norm behind it in evaluation mode, with the addition and the ReLU that the batch-norm carries. Only <see cref="GraphFusion.ForInference"/> makes it.</summary>
internal sealed class NormalizedConv2d : Op
{
    /// <inheritdoc/>
    public override string Kind => "Conv";

    /// <summary>The convolution, without bias.</summary>
    public required Conv2d Conv { get; init; }

    /// <summary>The batch-Norm.</summary>
    public required BatchNorm Norm { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> ParameterSlices => [.. Conv.ParameterSlices, .. Norm.ParameterSlices];

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs)
    {
        var y = Conv.Infer(inputs[..1]);
        return Norm.Infer(Norm.HasResidual ? [y, inputs[1]] : [y]);
    }

    /// <inheritdoc/>
    public override void Forward(OpContext context) => context.Device.Convolution.ForwardNormalized(
        Conv.ShapeOf(context), context.X[0], context.W(Conv.Weight), Norm.Epsilon, context.Running(Norm.RunningMean), context.Running(Norm.RunningVariance),
        context.W(Norm.Gamma), context.W(Norm.Beta), Norm.HasResidual ? context.X[1] : default, Norm.Relu, context.Y);

    /// <inheritdoc/>
    public override void Backward(OpContext context) => throw Unsupported();

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => throw Unsupported();

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs) => throw Unsupported();

    private static InvalidOperationException Unsupported() => new("an inference plan has a forward pass only");
}
