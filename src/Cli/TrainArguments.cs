using CommandLine;

namespace CudaNoisy.Cli;

[Verb("train", HelpText = "Fine-tune an encoder on noisily labelled images. Options override the YAML file given by --config.")]
internal sealed class TrainArguments
{
    /// <summary>The parser wants long names of two letters; <see cref="Rename"/> makes --q this one.</summary>
    private const string ExponentName = "gce_q";

    [Option("config", HelpText = "YAML file of options.")]
    public string? Config { get; set; }

    [Option("problem", HelpText = "finetune, mwnet or supervised.")]
    public string? Problem { get; set; }

    [Option("data", HelpText = "Data set: cifar10, cifar100, fashion-mnist, fashion-mnist-sample, imagenet32, folder or manifest.")]
    public string? Data { get; set; }

    [Option("data_root", HelpText = "Folder or file of the data set; default: DATA_ROOT.")]
    public string? DataRoot { get; set; }

    [Option("image_size", HelpText = "Side in pixels to which picture files are resized.")]
    public string? ImageSize { get; set; }

    [Option("transform", HelpText = "How picture files are cut: fit, simclr or imagenet.")]
    public string? Transform { get; set; }

    [Option("scale_lower", HelpText = "Smallest part of a picture's area that the simclr transform shows.")]
    public string? ScaleLower { get; set; }

    [Option("workers", HelpText = "Threads that read and decode images.")]
    public string? Workers { get; set; }

    [Option("unreadable", HelpText = "Pictures that cannot be read: fail, or skip (count them and leave them out).")]
    public string? Unreadable { get; set; }

    [Option("image_cache", HelpText = "MiB of decoded pictures kept in memory; a part of the data set that takes more is decoded every pass.")]
    public string? ImageCache { get; set; }

    [Option("noisy_labels", HelpText = "File of given labels: .pt (CIFAR-N), .npy, .npz, .u8, .csv or .tsv.")]
    public string? NoisyLabels { get; set; }

    [Option("noisy_key", HelpText = "Which array or column of it: worse_label, for instance.")]
    public string? NoisyKey { get; set; }

    [Option("val_size", HelpText = "Images set aside, clean, for validation and as the meta set.")]
    public string? ValSize { get; set; }

    [Option("corruption_type", HelpText = "Label noise: unif, flip, flip2 or asym.")]
    public string? CorruptionType { get; set; }

    [Option("corruption_prob", HelpText = "Share of training labels to corrupt.")]
    public string? CorruptionProb { get; set; }

    [Option("encoder_ckpt", HelpText = "ONNX encoder; \"\" for random initialisation.")]
    public string? EncoderCkpt { get; set; }

    [Option("encoder_type", HelpText = "simclr (input in [0,1]) or imagenet (standardised input).")]
    public string? EncoderType { get; set; }

    [Option("arch", HelpText = "Architecture of a randomly initialised encoder.")]
    public string? Arch { get; set; }

    [Option("head_hidden", HelpText = "Hidden units of the head, 0 for a linear one.")]
    public string? HeadHidden { get; set; }

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

    [Option("seed", HelpText = "Seed of everything random.")]
    public string? Seed { get; set; }

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

    /// <summary>The parser drops empty values; this stands for one.</summary>
    private const string Empty = "<empty>";

    /// <summary>The arguments as the parser wants them.</summary>
    public static IEnumerable<string> Rename(IEnumerable<string> args) => args
        .Select(a => a == "--q" ? "--" + ExponentName : a.StartsWith("--q=", StringComparison.Ordinal) ? "--" + ExponentName + a[3..] : a)
        .Select(a => a.Length == 0 ? Empty : a.StartsWith("--", StringComparison.Ordinal) && a.EndsWith('=') ? a + Empty : a);

    /// <summary>The options given, by name.</summary>
    public Dictionary<string, string> Given()
    {
        var given = new Dictionary<string, string>();
        foreach (var property in typeof(TrainArguments).GetProperties())
        {
            var name = ((OptionAttribute)Attribute.GetCustomAttribute(property, typeof(OptionAttribute))!).LongName;
            if (name is not ("config" or "cuda" or "overwrite") && property.GetValue(this) is { } value and not false)
                given[name == ExponentName ? "q" : name] = value is true ? "true" : (string)value == Empty ? "" : (string)value;
        }

        if (Cuda)
            given["device"] = "cuda";
        return given;
    }
}
