namespace CudaNoisy.Training;

/// <summary>A run of a sweep.</summary>
/// <param name="Labels">Its label on every axis.</param>
/// <param name="Options">Its options; the run's folder is <c>Options.Logs/Options.Name</c>.</param>
public sealed record SweepRun(IReadOnlyList<string> Labels, TrainOptions Options)
{
    /// <summary>The labels as people read them.</summary>
    public string Title => string.Join(", ", Labels);

    /// <summary>The run's folder.</summary>
    public string Folder => Path.Combine(Path.GetFullPath(Options.Logs), Options.Name);
}
