using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Everything that a run goes on from: what a checkpoint holds. Schedule, sampler and mirror flags are functions of the seed and the step, both of which are in it.</summary>
internal sealed class RunState(TrainOptions options, Network network, Optimizer optimizer, WeightNet? weightNet, StepLog log, RunRecords records, RunFolder folder)
{
    private static readonly string[] MayDiffer = ["device", "logs", "name", "threads"];

    /// <summary>Steps taken.</summary>
    public long Step { get; set; }

    /// <summary>The step of the latest evaluation.</summary>
    public long Evaluated { get; set; }

    private string Device => $"{network.Device.Id}: {network.Device.Description}";

    /// <summary>Adds everything to a checkpoint.</summary>
    public void Save(CheckpointWriter checkpoint)
    {
        checkpoint.Add("step", Step);
        checkpoint.Add("evaluated", Evaluated);
        checkpoint.Add("config", options.Yaml);
        checkpoint.Add("device", Device);
        foreach (var (name, buffer) in Layouts())
            checkpoint.Add(name, Describe(buffer.Layout));
        foreach (var (name, buffer) in Buffers())
            checkpoint.Add(name, buffer.All.ToArray().AsSpan());
        checkpoint.Add("optimizer/steps", optimizer.Steps);
        checkpoint.Add("vnet/steps", weightNet?.Optimizer.Steps ?? 0);
        log.Save(checkpoint);
        records.Save(checkpoint);
        folder.SavePositions(checkpoint);
    }

    /// <summary>Takes everything from a checkpoint.</summary>
    /// <returns>What a person should know: options or a device other than the checkpoint's.</returns>
    /// <exception cref="InputException">The checkpoint is another network's.</exception>
    /// <exception cref="RecordException">A section is missing or of another size.</exception>
    public IReadOnlyList<string> Restore(CheckpointReader checkpoint)
    {
        Step = checkpoint.GetLong("step");
        Evaluated = checkpoint.GetLong("evaluated");
        foreach (var (name, buffer) in Layouts())
            CheckLayout(checkpoint, name, Describe(buffer.Layout));
        foreach (var (name, buffer) in Buffers())
        {
            var values = checkpoint.GetFloats(name);
            if (values.Length != buffer.All.Length)
                throw new InputException($"{checkpoint.FilePath}: {buffer.All.Length} values in '{name}' expected, {values.Length} came");
            buffer.All.CopyFrom(values);
        }

        optimizer.Restore(checkpoint.GetLong("optimizer/steps"));
        weightNet?.Optimizer.Restore(checkpoint.GetLong("vnet/steps"));
        log.Load(checkpoint);
        records.Restore(checkpoint);
        return [.. Differences(checkpoint)];
    }

    private static string Describe(ParameterLayout layout) => string.Join('\n', layout.Slices.Select(s => $"{s.Name} {string.Join('x', s.Dims)}"));

    private static void CheckLayout(CheckpointReader checkpoint, string section, string expected)
    {
        var came = checkpoint.GetText(section).Split('\n');
        var lines = expected.Split('\n');
        for (var i = 0; i < Math.Max(lines.Length, came.Length); i++)
        {
            var (line, other) = (i < lines.Length ? lines[i] : "nothing", i < came.Length ? came[i] : "nothing");
            if (line != other)
                throw new InputException($"{checkpoint.FilePath}: a checkpoint of the configured network expected, but its {section} has '{other}' in place of '{line}'");
        }
    }

    private IEnumerable<string> Differences(CheckpointReader checkpoint)
    {
        var before = Lines(checkpoint.GetText("config"));
        foreach (var (key, value) in Lines(options.Yaml))
        {
            if (!MayDiffer.Contains(key) && before.TryGetValue(key, out var old) && old != value)
                yield return $"warning: {key} is {value} now, it was {old} at the checkpoint; the result is not the uninterrupted run's";
        }

        if (checkpoint.GetText("device") != Device)
            yield return $"warning: the device is {Device} now, it was {checkpoint.GetText("device")} at the checkpoint; the result may differ in the last bits";
    }

    private static Dictionary<string, string> Lines(string yaml) => yaml
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[^1]);

    private IEnumerable<(string Name, ParameterBuffer Buffer)> Layouts()
    {
        yield return ("parameters/layout", network.Values);
        yield return ("state/layout", network.State);
    }

    private IEnumerable<(string Name, ParameterBuffer Buffer)> Buffers()
    {
        yield return ("parameters", network.Values);
        yield return ("state", network.State);
        foreach (var (name, buffer) in optimizer.Moments)
            yield return ("optimizer/" + name, buffer);
        if (weightNet is null)
            yield break;
        yield return ("vnet/parameters", weightNet.Phi);
        foreach (var (name, buffer) in weightNet.Optimizer.Moments)
            yield return ("vnet/" + name, buffer);
    }
}
