using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Batch normalization over (N,H,W) of each channel, with an optional residual addition and an optional ReLU behind it.</summary>
/// <remarks>Ioffe and Szegedy 2015. Inputs: x, and the residual where <see cref="HasResidual"/>. Training normalizes with the batch's mean and biased variance.</remarks>
public sealed class BatchNorm : Op
{
    /// <inheritdoc/>
    public override string Kind => "BatchNormalization";

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Scale's slice.</summary>
    public required int Gamma { get; init; }

    /// <summary>Shift's slice.</summary>
    public required int Beta { get; init; }

    /// <summary>The running mean's slice of the model's state.</summary>
    public required int RunningMean { get; init; }

    /// <summary>The running variance's slice of the model's state.</summary>
    public required int RunningVariance { get; init; }

    /// <summary>Added to the variance.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Share of the batch in the running statistics (PyTorch's convention, 0.1).</summary>
    public float Momentum { get; init; } = 0.1f;

    /// <summary>Whether a second input is added before the ReLU.</summary>
    public bool HasResidual { get; init; }

    /// <summary>Whether a ReLU ends it.</summary>
    public bool Relu { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> ParameterSlices => [Gamma, Beta];

    /// <inheritdoc/>
    public override bool ReadsOutputLater => HasResidual && Relu;

    /// <inheritdoc/>
    public override IReadOnlyList<int> InPlaceGradients => HasResidual ? [1, 0] : [0];

    /// <inheritdoc/>
    public override bool InPlaceForward => true;

    /// <inheritdoc/>
    public override bool ReadsInputLater(int index) => index == 0;

    /// <inheritdoc/>
    public override Shape Infer(ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0].C != Channels)
            throw Error($"{Channels} channels expected, {inputs[0].C} came");
        if (HasResidual && inputs[1] != inputs[0])
            throw Error($"a residual of shape {inputs[0]} expected, {inputs[1]} came");
        return inputs[0];
    }

    /// <inheritdoc/>
    /// <remarks>Mean, variance, what <see cref="NormalizedInput.Sums"/> gets, and the tables for those that gather the output or the input's cotangent.</remarks>
    public override int SavedLength(ReadOnlySpan<Shape> inputs) => (4 * Channels) + (2 * NormalizationTable.Length(Channels));

    /// <inheritdoc/>
    public override void Forward(OpContext context)
    {
        var rows = context.X[0].Shape.Rows;
        if (context.Training && !context.MomentsReady)
            context.Device.Normalization.Moments(rows, Channels, context.X[0], Mean(context), Variance(context), Table(context));
        if (context.IsOutputGathered)
            return;
        context.Device.Normalization.Forward(
            rows, Channels, Epsilon, context.X[0], Mean(context), Variance(context), context.W(Gamma), context.W(Beta),
            Residual(context), Relu, context.Y, context.SavedIndices);
    }

    /// <summary>The running statistics, and the batch's that the last forward pass left.</summary>
    internal RunningNorm Running(OpContext context) => new(
        context.X[0].Shape.Rows, Channels, Momentum, Mean(context), Variance(context), context.Running(RunningMean), context.Running(RunningVariance));

    /// <inheritdoc/>
    public override void Backward(OpContext context)
    {
        var (rows, residual) = (context.X[0].Shape.Rows, HasResidual ? context.Dx[1] : default);
        if (context.IsCotangentGathered)
        {
            if (!context.IsReduced)
                context.Device.Normalization.Reduce(rows, Channels, Normalized(context), context.Dy);
            return;
        }

        var accumulates = HasResidual && context.Accumulate[1];
        if (context.IsReduced)
        {
            context.Device.Normalization.BackwardReduced(rows, Channels, Normalized(context), context.Dy, context.Dx[0], context.Accumulate[0], residual, accumulates);
            return;
        }

        context.Device.Normalization.Backward(
            rows, Channels, Epsilon, context.Training, context.X[0], Mean(context), Variance(context), context.W(Gamma), Mask(context),
            context.Dy, context.Dx[0], context.Accumulate[0], context.Dw(Gamma), context.Dw(Beta), residual, accumulates);
    }

    /// <inheritdoc/>
    public override void Jvp(OpContext context) => context.Device.Normalization.Jvp(
        context.X[0].Shape.Rows, Channels, Epsilon, context.Training, context.X[0], Mean(context), Variance(context), context.W(Gamma), Mask(context),
        context.XDot[0], context.WDot(Gamma), context.WDot(Beta), HasResidual ? context.XDot[1] : default, context.YDot);

    /// <summary>What a convolution that reads the output needs in its backward pass.</summary>
    internal NormalizedInput Normalized(OpContext context) => new(
        context.X[0], Mean(context), Variance(context), context.W(Gamma), Epsilon, Mask(context), context.Saved.Slice(2L * Channels, 2L * Channels),
        context.Dw(Gamma), context.Dw(Beta), context.IsCotangentGathered ? CotangentTable(context) : default);

    /// <summary>The output, for those that gather it.</summary>
    internal GatheredTensor GatheredOutput(OpContext context) => new(context.X[0], OutputTable(context));

    /// <summary>The input's cotangent, for the convolution that gathers it.</summary>
    internal ConvolutionCotangent GatheredCotangent(OpContext context) => new(context.Dy, context.X[0], CotangentTable(context));

    internal static void Import(OnnxNode node, ImportContext context)
    {
        if (node.Int("training_mode", 0) != 0)
            throw node.Error("exported in training mode; export it in evaluation mode (model.eval())");
        var channels = context.Constant(node, 1).Length;
        for (var i = 2; i < 5; i++)
        {
            if (context.Constant(node, i).Length != channels)
                throw node.Error($"{channels} values expected in '{node.Inputs[i]}', {context.Constant(node, i).Length} came");
        }

        context.Add(node, new BatchNorm
        {
            Name = node.Name,
            Channels = channels,
            Gamma = context.Parameter(node, 1, ParameterKind.Plain),
            Beta = context.Parameter(node, 2, ParameterKind.Plain),
            RunningMean = context.State(node, 3),
            RunningVariance = context.State(node, 4),
            Epsilon = node.Float("epsilon", 1e-5f),
            Momentum = 1 - node.Float("momentum", 0.9f),
        });
    }

    internal BatchNorm Fuse(bool residual, bool relu) => new()
    {
        Name = Name,
        Channels = Channels,
        Gamma = Gamma,
        Beta = Beta,
        RunningMean = RunningMean,
        RunningVariance = RunningVariance,
        Epsilon = Epsilon,
        Momentum = Momentum,
        HasResidual = residual,
        Relu = relu,
    };

    internal override string Export(ExportContext context, IReadOnlyList<string> inputs)
    {
        var y = context.Node(
            "BatchNormalization", Name, [inputs[0], context.Parameter(Gamma), context.Parameter(Beta), context.StateValue(RunningMean), context.StateValue(RunningVariance)])
            .With("epsilon", Epsilon).With("momentum", 1 - Momentum).Output;
        if (HasResidual)
            y = context.Node("Add", Name + "_add", [y, inputs[1]]).Output;
        return Relu ? context.Node("Relu", Name + "_relu", [y]).Output : y;
    }

    /// <summary>The means that normalize.</summary>
    internal DeviceView<float> Mean(OpContext context) => context.Training ? context.Saved.Slice(0, Channels) : context.Running(RunningMean);

    /// <summary>The variances that normalize.</summary>
    internal DeviceView<float> Variance(OpContext context) => context.Training ? context.Saved.Slice(Channels, Channels) : context.Running(RunningVariance);

    /// <summary>What is made of the batch's moments besides.</summary>
    internal NormalizationTable Table(OpContext context) =>
        context.IsOutputGathered ? new NormalizationTable(Epsilon, context.W(Gamma), context.W(Beta), OutputTable(context)) : default;

    private GatheredTensor Residual(OpContext context)
    {
        if (!HasResidual)
            return default;
        return context.GatheredInput is var (norm, own) ? norm.GatheredOutput(own) : context.X[1];
    }

    private DeviceView<float> OutputTable(OpContext context) => context.Saved.Slice(4L * Channels, NormalizationTable.Length(Channels));

    private DeviceView<float> CotangentTable(OpContext context) =>
        context.Saved.Slice((4L * Channels) + NormalizationTable.Length(Channels), NormalizationTable.Length(Channels));

    private ReluMask Mask(OpContext context) => !Relu ? default : HasResidual ? new ReluMask(context.Y, default, context.SavedIndices) : new ReluMask(default, context.W(Beta), default);
}
