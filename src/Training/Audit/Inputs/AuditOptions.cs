using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Everything that decides an audit, validated.</summary>
public sealed record AuditOptions
{
    private static readonly string[] Own =
        ["run", "features", "probs", "labels", "class_names", "folds", "neighbours", "filter", "resamples", "gallery", "out"];

    /// <summary>Options of the data, as <c>train</c> takes them.</summary>
    public required TrainOptions Data { get; init; }

    /// <summary>Folder of a training run whose ledger is used; empty for none.</summary>
    public required string Run { get; init; }

    /// <summary>.npy file of features, (samples, values), instead of images; empty for none.</summary>
    public required string Features { get; init; }

    /// <summary>.npy file of predicted probabilities, (samples, classes), instead of images; empty for none.</summary>
    public required string Probabilities { get; init; }

    /// <summary>.npy file of given labels that go with features or probabilities.</summary>
    public required string Labels { get; init; }

    /// <summary>Class names that go with features or probabilities; empty: numbers.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Folds of the cross-validation.</summary>
    public required int Folds { get; init; }

    /// <summary>Neighbours that vote.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Confident learning's filter, see <see cref="IssueFilters"/>.</summary>
    public required string Filter { get; init; }

    /// <summary>Resamples behind the intervals.</summary>
    public required int Resamples { get; init; }

    /// <summary>Most images on the page.</summary>
    public required int Gallery { get; init; }

    /// <summary>The folder that receives the results.</summary>
    public required string Out { get; init; }

    /// <summary>Whether samples are images.</summary>
    public bool HasImages => Features.Length == 0 && Probabilities.Length == 0;

    /// <summary>Validates settings.</summary>
    /// <param name="settings">By option name.</param>
    /// <exception cref="InputException">A value is wrong or an option is not known.</exception>
    public static AuditOptions From(IReadOnlyDictionary<string, string> settings)
    {
        var s = new SettingsReader(settings);
        var run = s.Text("run", "");
        var data = new Dictionary<string, string>();
        if (run.Length > 0)
        {
            foreach (var (name, value) in YamlSettings.Read(Path.Combine(run, RunFolder.ConfigFile)))
                data[name] = value;
        }

        foreach (var (name, value) in settings.Where(p => !Own.Contains(p.Key)))
            data[name] = value;
        data.TryAdd("val_size", "0");
        data.TryAdd("unreadable", "skip");
        var options = new AuditOptions
        {
            Run = run,
            Features = s.Text("features", ""),
            Probabilities = s.Text("probs", ""),
            Labels = s.Text("labels", ""),
            ClassNames = s.Text("class_names", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Folds = s.Whole("folds", 5, 2, 50),
            Neighbours = s.Whole("neighbours", 20, 1, 1000),
            Filter = s.OneOf("filter", IssueFilters.Default, IssueFilters.Names),
            Resamples = s.Whole("resamples", 200, 20, 100_000),
            Gallery = s.Whole("gallery", 10_000, 0, 1_000_000),
            Out = s.Text("out", "audit"),
            Data = TrainOptions.From(data, run.Length > 0 ? Path.Combine(run, RunFolder.ConfigFile) : "command line"),
        };
        options.CheckTogether(settings);
        return options;
    }

    private void CheckTogether(IReadOnlyDictionary<string, string> settings)
    {
        if (Features.Length > 0 && Probabilities.Length > 0)
            throw new InputException("--features, --probs: one of them expected, both came");
        if (!HasImages && Labels.Length == 0)
            throw new InputException("--labels: a .npy file of the given labels expected with --features and --probs, nothing came");
        if (HasImages && Labels.Length > 0)
            throw new InputException("--labels: expected with --features or --probs only; for images give --noisy_labels");
        if (!HasImages && (Run.Length > 0 || settings.ContainsKey("data")))
            throw new InputException("--features, --probs: expected without --data and --run");
        if (HasImages && Data.EncoderCheckpoint.Length == 0)
            throw new InputException("--encoder_ckpt: an ONNX encoder expected (or a --run that began from one), nothing came");
    }
}
