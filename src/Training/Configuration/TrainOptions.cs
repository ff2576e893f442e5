using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;

namespace CudaNoisy.Training;

/// <summary>Everything that decides a training run, validated. Names are the reference's where it has them.</summary>
public sealed record TrainOptions
{
    /// <summary>The problem of contrastive pretraining.</summary>
    public const string Simclr = "simclr";

    /// <summary>The problems: what a step does.</summary>
    public static IReadOnlyList<string> Problems { get; } = ["finetune", "mwnet", Simclr, "supervised"];

    /// <summary>The kinds of encoder, which decide the input's scale.</summary>
    public static IReadOnlyList<string> EncoderTypes { get; } = ["imagenet", "simclr"];

    /// <summary>See <see cref="Problems"/>.</summary>
    public required string Problem { get; init; }

    /// <summary>Which images, and how they are read.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>Images set aside for validation and as the clean meta set.</summary>
    public required int ValidationSize { get; init; }

    /// <summary>Noise model, see <see cref="NoiseRegistry"/>.</summary>
    public required string CorruptionType { get; init; }

    /// <summary>Share of labels to corrupt.</summary>
    public required double CorruptionProbability { get; init; }

    /// <summary>ONNX encoder; empty for random initialisation.</summary>
    public required string EncoderCheckpoint { get; init; }

    /// <summary>See <see cref="EncoderTypes"/>.</summary>
    public required string EncoderType { get; init; }

    /// <summary>Architecture of a randomly initialised encoder.</summary>
    public required string Architecture { get; init; }

    /// <summary>Hidden units of the head, 0 for a linear one.</summary>
    public required int HeadHidden { get; init; }

    /// <summary>Whether only the head is trained, on features that are computed once.</summary>
    public required bool FreezeEncoder { get; init; }

    /// <summary>A frozen encoder's output; empty for the first that gives one vector an image.</summary>
    public required string EncoderOutput { get; init; }

    /// <summary>Of a frozen encoder's output with a vector a token: the first, or the average.</summary>
    public required string EncoderPool { get; init; }

    /// <summary>Where features are kept; empty for <c>.features</c> in the folder of all runs.</summary>
    public required string FeatureCache { get; init; }

    /// <summary>Loss, see <see cref="LossRegistry"/>.</summary>
    public required string Loss { get; init; }

    /// <summary>Exponent of generalized cross-entropy.</summary>
    public required double Q { get; init; }

    /// <summary>Threshold of truncated generalized cross-entropy.</summary>
    public required double Truncation { get; init; }

    /// <summary>Learning rate.</summary>
    public required double Rate { get; init; }

    /// <summary>Schedule, see <see cref="ScheduleRegistry"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>Steps between drops of the step schedule.</summary>
    public required int StepSize { get; init; }

    /// <summary>Factor of a drop.</summary>
    public required double Gamma { get; init; }

    /// <summary>Optimizer, see <see cref="OptimizerRegistry"/>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Momentum.</summary>
    public required double Momentum { get; init; }

    /// <summary>Weight decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>Training steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>Share of the steps that warm up.</summary>
    public required double Warmup { get; init; }

    /// <summary>Images a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Images an evaluation pass.</summary>
    public required int TestBatchSize { get; init; }

    /// <summary>Clean images a step of Meta-Weight-Net.</summary>
    public required int MetaBatchSize { get; init; }

    /// <summary>Loss on the clean batch.</summary>
    public required string MetaLoss { get; init; }

    /// <summary>Whether clean images are flipped too.</summary>
    public required bool MetaAugment { get; init; }

    /// <summary>Meta-Weight-Net's own options.</summary>
    public required MetaWeightNetOptions Meta { get; init; }

    /// <summary>SimCLR's own options.</summary>
    public required PretrainOptions Pretraining { get; init; }

    /// <summary>Whether the run makes an encoder for other runs.</summary>
    public bool IsPretraining => Problem is Simclr or "supervised";

    /// <summary>Seed of everything random.</summary>
    public required uint Seed { get; init; }

    /// <summary>Steps between log lines.</summary>
    public required int LogEvery { get; init; }

    /// <summary>Steps between evaluations.</summary>
    public required int EvaluateEvery { get; init; }

    /// <summary>Steps between kept checkpoints, 0 for none.</summary>
    public required int SaveEvery { get; init; }

    /// <summary>Run name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of all runs.</summary>
    public required string Logs { get; init; }

    /// <summary>Device, see <see cref="DeviceFactory"/>.</summary>
    public required string Device { get; init; }

    /// <summary>How a GPU multiplies inside convolutions.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Host threads, 0 for all.</summary>
    public required int Threads { get; init; }

    /// <summary>The resolved settings as YAML.</summary>
    public required string Yaml { get; init; }

    /// <summary>Validates settings.</summary>
    /// <param name="settings">By option name.</param>
    /// <param name="source">Where they come from, for messages.</param>
    /// <exception cref="InputException">A value is wrong or an option is not known.</exception>
    public static TrainOptions From(IReadOnlyDictionary<string, string> settings, string source)
    {
        var s = new SettingsReader(settings);
        var iterations = s.Whole("iters", 1000, 1);
        var inner = s.Text("inner_lr", "0.1");
        var encoderType = s.OneOf("encoder_type", "simclr", EncoderTypes);
        var options = new TrainOptions
        {
            Problem = s.OneOf("problem", "finetune", Problems),
            Data = DataOptions.From(s, encoderType),
            ValidationSize = s.Whole("val_size", 1000, 0),
            CorruptionType = s.OneOf("corruption_type", "unif", NoiseRegistry.Names),
            CorruptionProbability = s.Number("corruption_prob", 0, 0, 1),
            EncoderCheckpoint = s.Text("encoder_ckpt", ""),
            EncoderType = encoderType,
            Architecture = s.OneOf("arch", "resnet32", CudaNoisy.Runtime.Architecture.Names),
            HeadHidden = s.Whole("head_hidden", 0, 0, 1 << 20),
            FreezeEncoder = s.Flag("freeze_encoder", false),
            EncoderOutput = s.Text("encoder_output", ""),
            EncoderPool = s.OneOf("encoder_pool", "cls", OnnxRuntimeOptions.Pools),
            FeatureCache = s.Text("feature_cache", ""),
            Loss = s.OneOf("loss", "ce", LossRegistry.Names),
            Q = s.Number("q", 0.66, 0, 1, above: true),
            Truncation = s.Number("q_truncation", 0.5, 0, 0.999999, above: true),
            Rate = s.Number("lr", 0.01, 0, above: true),
            Schedule = s.OneOf("lr_schedule", "warmup-anneal", ScheduleRegistry.Names),
            StepSize = s.Whole("lr_step_size", Math.Max(1, iterations / 3), 1),
            Gamma = s.Number("lr_gamma", 0.1, 0, 1, above: true),
            Optimizer = s.OneOf("opt", "sgd", OptimizerRegistry.Names),
            Momentum = s.Number("momentum", 0.9, 0, 0.999999),
            WeightDecay = s.Number("wd", 1e-4, 0, 1),
            Iterations = iterations,
            Warmup = s.Number("warmup", 0.2, 0, 1),
            BatchSize = s.Whole("batch_size", 100, 2, 1 << 16),
            TestBatchSize = s.Whole("test_bs", 250, 1, 1 << 16),
            MetaBatchSize = s.Whole("meta_batch_size", 100, 2, 1 << 16),
            MetaLoss = s.OneOf("meta_loss", "ce", ["ce", "mae"]),
            MetaAugment = s.Flag("meta_augment", true),
            Meta = new MetaWeightNetOptions
            {
                InnerRate = inner == "auto" ? null : s.Number("inner_lr", 0.1, 0, above: true),
                MetaRate = s.Number("meta_lr", 1e-3, 0, above: true),
                Hidden = s.Whole("vnet_hidden", 100, 1, 1 << 16),
                NormalizeWeights = s.Flag("normalize_weights", false),
                MetaEvery = s.Whole("meta_every", 1, 1),
                KeepActivations = s.OneOf("activations", "keep", ["keep", "recompute"]) == "keep",
            },
            Pretraining = PretrainOptions.From(s),
            Seed = (uint)s.Whole("seed", 0, 0),
            LogEvery = s.Whole("log_freq", 50, 1),
            EvaluateEvery = s.Whole("eval_freq", 200, 1),
            SaveEvery = s.Whole("save_freq", 0, 0),
            Name = s.Text("name", "run"),
            Logs = s.Text("logs", "logs"),
            Device = s.Text("device", "auto"),
            Precision = s.OneOf("precision", "tf32", ["fp32", "tf32"]) == "tf32" ? Precision.Tf32 : Precision.Fp32,
            Threads = s.Whole("threads", 0, 0, 1024),
            Yaml = "",
        };
        s.RefuseUnknown(source);
        options.CheckTogether();
        return options with { Yaml = s.ToYaml() };
    }

    private void CheckTogether()
    {
        if (Problem == Simclr && FreezeEncoder)
            throw SettingsReader.Error("freeze_encoder", "false for --problem simclr, which trains the encoder", "true");
        if (Problem == Simclr && Pretraining.ChunkSize > 0 && BatchSize % Pretraining.ChunkSize != 0)
            throw SettingsReader.Error("chunk_size", $"a divisor of the {BatchSize} images of --batch_size, or 0", $"{Pretraining.ChunkSize}");
        if (Problem == "mwnet" && ValidationSize == 0)
            throw SettingsReader.Error("val_size", "a clean meta set of at least one batch for --problem mwnet", "0");
        if (Problem == "mwnet" && ValidationSize < MetaBatchSize)
            throw SettingsReader.Error("meta_batch_size", $"at most the {ValidationSize} clean images of --val_size", $"{MetaBatchSize}");
    }
}
