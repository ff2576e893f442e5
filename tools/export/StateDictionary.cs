using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Export;

/// <summary>A checkpoint's named tensors.</summary>
public sealed class StateDictionary
{
    /// <summary>Where checkpoints keep them, the first that is there.</summary>
    private static readonly string[] Places = ["state_dict", "model_state_dict", "model_state", "model", "net", "encoder", "state_dict_ema", "params"];

    /// <summary>A wrapper of PyTorch's (DataParallel), no part of the network.</summary>
    private const string Wrapper = "module.";

    private readonly Dictionary<string, TorchTensor> _tensors = new(StringComparer.Ordinal);

    private StateDictionary(PickleValue values)
    {
        Place = values.Place;
        foreach (var (key, value) in values.Entries)
        {
            if (value.IsTensor)
                _tensors[key.StartsWith(Wrapper, StringComparison.Ordinal) ? key[Wrapper.Length..] : key] = value.ToTensor();
        }
    }

    /// <summary>The file and the keys that lead here, for messages.</summary>
    public string Place { get; }

    /// <summary>The names, without DataParallel's <c>module.</c>, in the file's order.</summary>
    public IReadOnlyCollection<string> Keys => _tensors.Keys;

    /// <summary>Finds the tensors in a checkpoint.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public static StateDictionary Find(PickleValue checkpoint)
    {
        if (!checkpoint.IsDictionary)
            throw new InputException($"{checkpoint.Place}: a dict of tensors expected, {checkpoint.Kind} came; save model.state_dict() instead of the model");
        if (checkpoint.Entries.Any(e => e.Value.IsTensor))
            return new StateDictionary(checkpoint);
        var place = Places.FirstOrDefault(p => checkpoint.Find(p) is { IsDictionary: true } inner && inner.Entries.Any(e => e.Value.IsTensor));
        return place is not null
            ? new StateDictionary(checkpoint[place])
            : throw new InputException($"{checkpoint.Place}: tensors, or a dict of them under {string.Join(", ", Places)}, expected; keys {string.Join(", ", checkpoint.Entries.Take(8).Select(e => $"'{e.Key}'"))} came");
    }

    /// <summary>A tensor, or null.</summary>
    public TorchTensor? Find(string key) => _tensors.GetValueOrDefault(key);

    /// <summary>Dimensions of a tensor; empty where it is not there.</summary>
    public IReadOnlyList<int> Dims(string key) => Find(key)?.Dims ?? [];

    /// <summary>What stands in front of <c>conv1.weight</c>, the network's first filter.</summary>
    /// <exception cref="InputException">It is not there, or there are several networks.</exception>
    public string FindPrefix()
    {
        const string stem = "conv1.weight";
        var prefixes = Keys.Where(k => k.EndsWith(stem, StringComparison.Ordinal)).Select(k => k[..^stem.Length]).Where(p => Find(p + "layer1.0.conv1.weight") is not null).ToArray();
        return prefixes switch
        {
            [var prefix] => prefix,
            [] => throw new InputException($"{Place}: the keys of a residual network (conv1.weight, layer1.0.conv1.weight) expected, {string.Join(", ", Keys.Take(6))} came"),
            _ => throw new InputException($"{Place}: one network expected, {prefixes.Length} came; choose by --prefix: {string.Join(", ", prefixes.Select(p => $"'{p}'"))}"),
        };
    }
}
