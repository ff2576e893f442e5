using CommandLine;

namespace CudaNoisy.Cli;

[Verb("train", HelpText = "Fine-tune an encoder on noisily labelled images. Options override the YAML file given by --config.")]
internal class TrainArguments : RunArguments
{
    [Option("problem", HelpText = "finetune, mwnet or supervised.")]
    public string? Problem { get; set; }

    [Option("encoder_ckpt", HelpText = "ONNX encoder; \"\" for random initialisation.")]
    public string? EncoderCkpt { get; set; }

    [Option("arch", HelpText = "Architecture of a randomly initialised encoder.")]
    public string? Arch { get; set; }

    [Option("head_hidden", HelpText = "Hidden units of the head, 0 for a linear one.")]
    public string? HeadHidden { get; set; }

    [Option("freeze_encoder", HelpText = "Train the head only, on the encoder's features (ONNX Runtime); any ONNX encoder.")]
    public bool FreezeEncoder { get; set; }

    [Option("encoder_output", HelpText = "Output of a frozen encoder; default: the first that gives one vector an image.")]
    public string? EncoderOutput { get; set; }

    [Option("encoder_pool", HelpText = "Of a frozen encoder's output with a vector a token: cls (the first) or mean.")]
    public string? EncoderPool { get; set; }

    [Option("feature_cache", HelpText = "Folder of features for the next run; default: .features in --logs.")]
    public string? FeatureCache { get; set; }

    [Option("loss", HelpText = "ce, mae, qloss or qloss_truncated.")]
    public string? Loss { get; set; }

    [Option('q', ExponentName, HelpText = "--q: exponent of generalized cross-entropy, in (0, 1].")]
    public string? Q { get; set; }

    [Option("q_truncation", HelpText = "Threshold of truncated generalized cross-entropy.")]
    public string? QTruncation { get; set; }

    [Option("lr", HelpText = "Learning rate.")]
    public string? Lr { get; set; }

    [Option("lr_schedule", HelpText = "const, linear, step, warmup-anneal or warmup-const.")]
    public string? LrSchedule { get; set; }

    [Option("lr_step_size", HelpText = "Steps between drops of the step schedule.")]
    public string? LrStepSize { get; set; }

    [Option("lr_gamma", HelpText = "Factor of a drop.")]
    public string? LrGamma { get; set; }

    [Option("opt", HelpText = "sgd, adam or lars.")]
    public string? Opt { get; set; }

    [Option("momentum", HelpText = "Momentum of sgd and lars.")]
    public string? Momentum { get; set; }

    [Option("wd", HelpText = "Weight decay.")]
    public string? Wd { get; set; }

    [Option("iters", HelpText = "Training steps.")]
    public string? Iters { get; set; }

    [Option("warmup", HelpText = "Share of the steps that warm up.")]
    public string? Warmup { get; set; }

    [Option("batch_size", HelpText = "Images a step.")]
    public string? BatchSize { get; set; }

    [Option("test_bs", HelpText = "Images an evaluation pass.")]
    public string? TestBs { get; set; }

    [Option("meta_batch_size", HelpText = "Clean images a step of mwnet.")]
    public string? MetaBatchSize { get; set; }

    [Option("meta_loss", HelpText = "Loss on the clean batch: ce or mae.")]
    public string? MetaLoss { get; set; }

    [Option("meta_lr", HelpText = "Learning rate of the weighting network.")]
    public string? MetaLr { get; set; }

    [Option("meta_every", HelpText = "Steps between updates of the weighting network.")]
    public string? MetaEvery { get; set; }

    [Option("meta_augment", HelpText = "Whether clean images are mirrored too: true or false.")]
    public string? MetaAugment { get; set; }

    [Option("inner_lr", HelpText = "Rate of the virtual step; auto takes --lr's.")]
    public string? InnerLr { get; set; }

    [Option("vnet_hidden", HelpText = "Hidden units of the weighting network.")]
    public string? VnetHidden { get; set; }

    [Option("normalize_weights", HelpText = "Divide weights by their sum over the batch.")]
    public bool NormalizeWeights { get; set; }

    [Option("activations", HelpText = "keep (faster) or recompute (smaller).")]
    public string? Activations { get; set; }

    [Option("log_freq", HelpText = "Steps between log rows.")]
    public string? LogFreq { get; set; }

    [Option("eval_freq", HelpText = "Steps between evaluations.")]
    public string? EvalFreq { get; set; }

    [Option("save_freq", HelpText = "Steps between kept checkpoints, 0 for none.")]
    public string? SaveFreq { get; set; }

    [Option("name", HelpText = "Run name; the run's folder is logs/NAME.")]
    public string? Name { get; set; }

    [Option("logs", HelpText = "Folder of all runs.")]
    public string? Logs { get; set; }

    [Option("device", HelpText = "auto, cuda[:n], host or ilgpu-cpu.")]
    public string? Device { get; set; }

    [Option("precision", HelpText = "tf32 (tensor cores) or fp32: how a GPU multiplies inside convolutions.")]
    public string? Precision { get; set; }

    [Option("threads", HelpText = "Host threads, 0 for all.")]
    public string? Threads { get; set; }

    [Option("cuda", HelpText = "Fail if there is no CUDA device.")]
    public bool Cuda { get; set; }

    [Option("overwrite", HelpText = "Replace an earlier run of the same name.")]
    public bool Overwrite { get; set; }

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Own => ["cuda", "overwrite"];

    /// <inheritdoc/>
    protected override Dictionary<string, string> Given()
    {
        var given = base.Given();
        if (Cuda)
            given["device"] = "cuda";
        return given;
    }
}
