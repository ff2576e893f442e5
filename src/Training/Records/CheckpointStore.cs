namespace CudaNoisy.Training;

/// <summary>A run's checkpoints. <see cref="Last"/> and <see cref="Best"/> have their newest file, <c>NAME.ckpt</c>, and the one before,
/// <c>NAME.previous.ckpt</c>, which answers when the newest is missing or damaged; those kept for a step have one file.</summary>
/// <param name="folder">The run's folder.</param>
public sealed class CheckpointStore(string folder)
{
    /// <summary>The checkpoint a run resumes from.</summary>
    public const string Last = "last";

    /// <summary>The checkpoint with the best validation accuracy.</summary>
    public const string Best = "best";

    /// <summary>The newest file of a name.</summary>
    public string PathOf(string name) => Path.Combine(folder, name + ".ckpt");

    /// <summary>The file before the newest of a name.</summary>
    public string PreviousPathOf(string name) => Path.Combine(folder, name + ".previous.ckpt");

    /// <summary>The name of the checkpoint kept for a step: <c>step-00001000</c>.</summary>
    public static string NameOfStep(long step) => FormattableString.Invariant($"step-{step:D8}");

    /// <summary>Whether any file of a name is there, whole or not.</summary>
    public bool Has(string name) => File.Exists(PathOf(name)) || File.Exists(PreviousPathOf(name));

    /// <summary>Writes a checkpoint; the one before is kept until this one is whole, and after that as the previous one.</summary>
    /// <param name="name">The checkpoint's name, such as <see cref="Last"/>.</param>
    /// <param name="write">Adds the sections.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone; the older checkpoints are intact.</exception>
    public void Save(string name, Action<CheckpointWriter> write) => CheckpointWriter.Save(PathOf(name), write, PreviousPathOf(name));

    /// <summary>Writes the checkpoint kept for a step. One that a killed run wrote is replaced: it holds the same.</summary>
    /// <inheritdoc cref="Save"/>
    public void Keep(long step, Action<CheckpointWriter> write) => CheckpointWriter.Save(PathOf(NameOfStep(step)), write);

    /// <summary>Opens the newest checkpoint of a name that is whole.</summary>
    /// <param name="name">The checkpoint's name, such as <see cref="Last"/>.</param>
    /// <param name="warning">Says that the newest is damaged and the one before is used; otherwise null.</param>
    /// <exception cref="RecordException">There is none, or both are damaged.</exception>
    public CheckpointReader Open(string name, out string? warning)
    {
        warning = null;
        try
        {
            return CheckpointReader.Open(PathOf(name));
        }
        catch (RecordException newest) when (File.Exists(PreviousPathOf(name)))
        {
            var reader = CheckpointReader.Open(PreviousPathOf(name));
            // A kill between the two renames of a save leaves only the previous file: nothing is wrong with it.
            if (File.Exists(PathOf(name)))
                warning = $"{newest.Message}; going on from {PreviousPathOf(name)}";
            return reader;
        }
    }
}
