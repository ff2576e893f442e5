using System.Globalization;
using System.Text;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Training;

/// <summary>What a pretraining run ends with: the encoder as ONNX, and a card that says where it comes from.</summary>
internal static class EncoderCard
{
    /// <summary>Writes <see cref="RunFolder.EncoderFile"/> and <see cref="RunFolder.CardFile"/>.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="inputs">What it started from.</param>
    /// <param name="start">The encoder that it started from.</param>
    /// <param name="trained">The network at its end: the encoder's parameters are its first ones.</param>
    public static void Write(RunFolder folder, TrainingInputs inputs, Model start, Model trained)
    {
        AtomicFile.WriteBytes(folder.PathOf(RunFolder.EncoderFile), ModelFiles.Encoder(start, trained, inputs.Options));
        AtomicFile.WriteText(folder.PathOf(RunFolder.CardFile), Text(folder, inputs, start));
    }

    private static string Text(RunFolder folder, TrainingInputs inputs, Model encoder)
    {
        var (options, data) = (inputs.Options, inputs.Data);
        var seconds = MetricTable.Read(folder.PathOf(MetricsLog.CsvFile(MetricsLog.TimingName))).Column("seconds").Sum(p => p.Y);
        var metrics = MetricTable.Read(folder.PathOf(MetricsLog.CsvFile(MetricsLog.MetricsName)));
        var (test, neighbours) = (metrics.Column("test_acc"), metrics.Column("knn_acc"));
        var isContrastive = options.Problem == TrainOptions.Simclr;
        var card = new StringBuilder();
        void Line(FormattableString line) => card.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"# {RunFolder.EncoderFile} of run {folder.Name}");
        Line($"An encoder made by `cudanoisy pretrain {options.Problem}`; `cudanoisy train --encoder_ckpt` takes it.");
        Line($"");
        Line($"- Architecture: {encoder.Metadata.GetValueOrDefault(ModelNotes.Architecture, encoder.Source)}, {encoder.ParameterCount} parameters, {encoder.Output.C} features; input (N,{encoder.Input.C},{encoder.Input.H},{encoder.Input.W}), {(inputs.Options.EncoderType == "imagenet" ? "standardised" : "in [0,1]")}.");
        Line($"- Data: {data.Train.Name}, {data.Split.Train.Length} images{(isContrastive ? ", their labels not used" : " and their labels")}.");
        Line($"- Seed {options.Seed}; {options.Iterations} steps of {options.BatchSize} images.");
        if (test.Count > 0)
            Line($"- {(isContrastive ? "Linear probe" : "Classifier")} on {data.Test.Count} test images: {100 * test[^1].Y:F2}%.");
        if (neighbours.Count > 0)
            Line($"- 20-NN on them: {100 * neighbours[^1].Y:F2}%.");
        Line($"- Time in steps: {seconds / 3600:F2} hours.");
        foreach (var session in RunSession.Read(folder.PathOf(RunFolder.SessionsFile)))
            Line($"- From step {session.FromStep}: `{session.Command}` on {session.Device}; {session.Processor}, {session.Cores} logical processors; CudaNoisy {session.Version}.");
        Line($"");
        Line($"Recipe:");
        Line($"");
        Line($"```yaml");
        card.Append(options.Yaml);
        Line($"```");
        return card.ToString();
    }
}
