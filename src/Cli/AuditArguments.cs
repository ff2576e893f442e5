using CommandLine;

namespace CudaNoisy.Cli;

[Verb("audit", HelpText = "Find wrong labels: a ranking, the noise rate with an interval, a page to look through. Images with an encoder, or features, or probabilities.")]
internal sealed class AuditArguments : RunArguments
{
    [Option("encoder_ckpt", HelpText = "Frozen ONNX encoder.")]
    public string? EncoderCkpt { get; set; }

    [Option("run", HelpText = "Folder of a training run: its data, labels and encoder, and what it learnt about every image.")]
    public string? Run { get; set; }

    [Option("features", HelpText = ".npy of features, (samples, values), instead of images.")]
    public string? Features { get; set; }

    [Option("probs", HelpText = ".npy of out-of-sample class probabilities, (samples, classes), instead of images: confident learning alone.")]
    public string? Probs { get; set; }

    [Option("labels", HelpText = ".npy of the given labels that go with --features or --probs.")]
    public string? Labels { get; set; }

    [Option("class_names", HelpText = "Class names that go with them, separated by commas.")]
    public string? ClassNames { get; set; }

    [Option("folds", HelpText = "Folds of the cross-validation.")]
    public string? Folds { get; set; }

    [Option("neighbours", HelpText = "Neighbours that vote.")]
    public string? Neighbours { get; set; }

    [Option("filter", HelpText = "Confident learning's filter: prune_by_noise_rate, prune_by_class, both, confident_learning or predicted_neq_given.")]
    public string? Filter { get; set; }

    [Option("resamples", HelpText = "Bootstrap resamples behind the intervals.")]
    public string? Resamples { get; set; }

    [Option("gallery", HelpText = "Most samples on the page.")]
    public string? Gallery { get; set; }

    [Option("out", HelpText = "Folder for the results; default: audit.")]
    public string? Out { get; set; }

    [Option("device", HelpText = "auto, cuda[:n], host or ilgpu-cpu.")]
    public string? Device { get; set; }

    [Option("threads", HelpText = "Host threads, 0 for all.")]
    public string? Threads { get; set; }

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Own => [];
}
