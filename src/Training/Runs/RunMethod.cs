using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What a run's problem decides: the method, its batches, what evaluates, and the memory of all three.</summary>
internal sealed class RunMethod : IDisposable
{
    private const ulong TrainStream = 1;
    private const ulong MetaStream = 2;
    private const ulong WeightNetStream = 0x574E;
    private readonly Stack<IDisposable> _owned = [];

    private RunMethod(TrainingInputs inputs, Network network, Optimizer optimizer, DeviceImages images)
    {
        switch (inputs.Options.Problem)
        {
            case TrainOptions.Simclr:
                (Method, Train, Evaluator) = Contrastive(inputs, network, optimizer, images);
                break;
            case "mwnet":
                (Method, Train, Evaluator) = Weighted(inputs, network, optimizer, images);
                break;
            default:
                (Method, Train, Evaluator) = Plain(inputs, network, optimizer, images);
                break;
        }
    }

    /// <summary>The method.</summary>
    public TrainingMethod Method { get; }

    /// <summary>Its batches.</summary>
    public BatchFeed Train { get; }

    /// <summary>Its clean batches; null where it has none.</summary>
    public BatchFeed? Meta { get; private set; }

    /// <summary>Its weighting network; null where it has none.</summary>
    public WeightNet? WeightNet { get; private set; }

    /// <summary>What evaluates.</summary>
    public IRunEvaluator Evaluator { get; }

    /// <summary>Makes it.</summary>
    /// <param name="inputs">Options, device, data and model.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="images">The training images.</param>
    public static RunMethod Create(TrainingInputs inputs, Network network, Optimizer optimizer, DeviceImages images) => new(inputs, network, optimizer, images);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out var last))
            last.Dispose();
    }

    private (TrainingMethod, BatchFeed, IRunEvaluator) Plain(TrainingInputs inputs, Network network, Optimizer optimizer, DeviceImages images)
    {
        var options = inputs.Options;
        var (train, evaluation) = (network.Plan(options.BatchSize, ExecutionMode.Training), network.Plan(options.TestBatchSize, ExecutionMode.Inference));
        var workspace = Own(new Workspace(inputs.Device, train, evaluation));
        var method = Own(new FineTune(network, LossOf(options), optimizer, train, workspace));
        return (method, Own(new BatchFeed(inputs.Device, images, inputs.Data.Given, inputs.Data.CreateSampler(options, TrainStream))), Own(new Evaluator(network, evaluation, workspace)));
    }

    private (TrainingMethod, BatchFeed, IRunEvaluator) Weighted(TrainingInputs inputs, Network network, Optimizer optimizer, DeviceImages images)
    {
        var (options, data, device) = (inputs.Options, inputs.Data, inputs.Device);
        WeightNet = Own(new WeightNet(device, options.Meta.Hidden));
        WeightNet.Initialize(new Philox(options.Seed, WeightNetStream));
        var train = network.Plan(options.BatchSize, MetaWeightNet.TrainMode(options.Meta));
        var meta = network.Plan(options.MetaBatchSize, ExecutionMode.Training);
        var evaluation = network.Plan(options.TestBatchSize, ExecutionMode.Inference);
        var keep = options.Meta.KeepActivations;
        var workspace = Own(keep ? new Workspace(device, train, evaluation) : new Workspace(device, train, meta, evaluation));
        var metaWorkspace = keep ? Own(new Workspace(device, meta)) : workspace;
        var method = Own(new MetaWeightNet(
            network, LossOf(options), LossRegistry.Create(options.MetaLoss), optimizer, WeightNet, options.Meta, train, workspace, meta, metaWorkspace));
        Meta = Own(new BatchFeed(device, images, data.Given, new Sampler(data.Split.Validation, options.MetaBatchSize, options.Seed, MetaStream, options.MetaAugment)));
        return (method, Own(new BatchFeed(device, images, data.Given, data.CreateSampler(options, TrainStream))), Own(new Evaluator(network, evaluation, workspace)));
    }

    private (TrainingMethod, BatchFeed, IRunEvaluator) Contrastive(TrainingInputs inputs, Network network, Optimizer optimizer, DeviceImages images)
    {
        var (options, data, device, own) = (inputs.Options, inputs.Data, inputs.Device, inputs.Options.Pretraining);
        var encoder = inputs.Encoder!;
        var train = network.Plan(2 * (own.ChunkSize == 0 ? options.BatchSize : own.ChunkSize), ExecutionMode.Training);
        var evaluation = ExecutionPlan.Create(encoder.Graph, encoder.Input with { N = options.TestBatchSize }, ExecutionMode.Inference);
        var workspace = Own(new Workspace(device, train, evaluation));
        var order = new PairOrder(data.Split.Train, options.BatchSize, new ViewRecipe(options.Data.ScaleLower, own.Jitter), options.Seed, TrainStream);
        var feed = Own(new BatchFeed(device, images, data.Given, order));
        var method = Own(new Simclr(network, optimizer, own.Temperature, order.BatchSize, feed, train, workspace));
        return (method, feed, Own(new ProbeEvaluator(network, evaluation, workspace, images, data, own.ProbeImages)));
    }

    private static Loss LossOf(TrainOptions options) => LossRegistry.Create(options.Loss, options.Q, options.Truncation);

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Push(part);
        return part;
    }
}
