using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Training;

/// <summary>A run's classifier: its model file, or one of its checkpoints.</summary>
public static class TrainedModel
{
    /// <summary>The encoder's file.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="checkpoint">As with <see cref="Classifier"/>.</param>
    /// <exception cref="InputException">As with <see cref="Classifier"/>; or the encoder cannot be imported.</exception>
    public static byte[] Encoder(string run, string? checkpoint)
    {
        var options = OptionsOf(run);
        if (options.Problem != TrainOptions.Simclr)
            return ModelFiles.Encoder(OnnxImporter.Parse(Classifier(run, checkpoint), run));
        var file = Path.Combine(run, RunFolder.EncoderFile);
        if (checkpoint is null && File.Exists(file))
            return File.ReadAllBytes(file);
        using var inputs = TrainingInputs.Load(options);
        using var reader = Open(run, checkpoint);
        return ModelFiles.Encoder(inputs.Encoder!, Fill(inputs.Model, reader), options);
    }

    /// <summary>The classifier's file.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="checkpoint">A checkpoint's name, such as best; null for the model file of the finished run, or else the last checkpoint.</param>
    /// <exception cref="InputException">There is no run, or no such checkpoint.</exception>
    public static byte[] Classifier(string run, string? checkpoint)
    {
        var model = Path.Combine(run, RunFolder.ModelFile);
        if (checkpoint is null && File.Exists(model))
            return File.ReadAllBytes(model);
        var options = OptionsOf(run);
        if (options.Problem == TrainOptions.Simclr)
            throw new InputException($"{run}: the run of a classifier expected, one of {options.Problem} came, which has an encoder alone (--what encoder)");
        using var inputs = TrainingInputs.Load(options);
        using var reader = Open(run, checkpoint);
        return inputs.ToClassifier(Fill(inputs.Model, reader));
    }

    private static TrainOptions OptionsOf(string run)
    {
        var config = Path.Combine(run, RunFolder.ConfigFile);
        return File.Exists(config)
            ? TrainOptions.From(YamlSettings.Read(config), config)
            : throw new InputException($"{run}: the folder of a run expected (with {RunFolder.ConfigFile}), {(Directory.Exists(run) ? "a folder without it" : "nothing")} came");
    }

    private static CheckpointReader Open(string run, string? checkpoint)
    {
        var store = new CheckpointStore(run);
        var name = checkpoint ?? CheckpointStore.Last;
        return store.Has(name)
            ? store.Open(name, out _)
            : throw new InputException($"--checkpoint: one of {run}'s checkpoints expected ({string.Join(", ", Names(run))}), '{name}' came");
    }

    private static Model Fill(Model model, CheckpointReader reader) => model.WithValues(
        Values(model.Parameters, reader, "parameters"), Values(model.State, reader, "state"));

    private static float[][] Values(ParameterLayout layout, CheckpointReader reader, string section)
    {
        var all = reader.GetFloats(section);
        if (all.Length != Math.Max(ParameterLayout.Alignment, layout.Length))
            throw new InputException($"{reader.FilePath}: {layout.Length} values in '{section}' expected, {all.Length} came");
        return [.. layout.Slices.Select(s => s.ToOnnx(all.AsSpan((int)s.Offset, s.Length)))];
    }

    private static IEnumerable<string> Names(string run) => Directory.EnumerateFiles(run, "*.ckpt").Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => !n.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
