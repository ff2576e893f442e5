using CommandLine;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

[Verb("pretrain", HelpText = "Make an encoder: simclr (without labels) or supervised. Options override the YAML file given by --config.")]
internal sealed class PretrainArguments : TrainArguments
{
    [Value(0, MetaName = "WHAT", HelpText = "simclr or supervised", Default = TrainOptions.Simclr)]
    public string What { get; set; } = TrainOptions.Simclr;

    [Option("temperature", HelpText = "NT-Xent's temperature.")]
    public string? Temperature { get; set; }

    [Option("jitter", HelpText = "Strength of the views' colour jitter, in [0, 1].")]
    public string? Jitter { get; set; }

    [Option("chunk_size", HelpText = "Images a pass: less memory, the loss of the whole batch; 0 for the whole batch.")]
    public string? ChunkSize { get; set; }

    [Option("proj_hidden", HelpText = "Hidden units of the projection, 0 for as many as the encoder has features.")]
    public string? ProjHidden { get; set; }

    [Option("proj_size", HelpText = "Length of an embedding.")]
    public string? ProjSize { get; set; }

    [Option("probe_images", HelpText = "Labelled training images that evaluations see, 0 for all.")]
    public string? ProbeImages { get; set; }

    /// <inheritdoc/>
    protected override Dictionary<string, string> Given()
    {
        if (What is not (TrainOptions.Simclr or "supervised"))
            throw new InputException($"pretrain: simclr or supervised expected, '{What}' came");
        var given = base.Given();
        if (given.TryGetValue("problem", out var problem) && problem != What)
            throw SettingsReader.Error("problem", What, problem);
        given["problem"] = What;
        return given;
    }
}
