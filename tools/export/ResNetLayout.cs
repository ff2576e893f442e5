using System.Text.RegularExpressions;
using CudaNoisy.Runtime;

namespace CudaNoisy.Export;

/// <summary>A residual network as a checkpoint's keys describe it.</summary>
/// <param name="Architecture">Blocks, width and kind of blocks.</param>
/// <param name="CifarStem">A 3x3 stem.</param>
/// <param name="Shortcut">The name of projection shortcuts.</param>
public sealed partial record ResNetLayout(Architecture Architecture, bool CifarStem, string Shortcut)
{
    /// <summary>Reads the layout off the keys and dimensions.</summary>
    /// <param name="state">The tensors.</param>
    /// <param name="prefix">What stands in front of the network's names.</param>
    /// <exception cref="InputException">These are not a residual network's keys.</exception>
    public static ResNetLayout Guess(StateDictionary state, string prefix)
    {
        var blocks = Blocks(state, prefix);
        var stem = state.Dims(prefix + "conv1.weight");
        if (stem.Count != 4 || stem[2] != stem[3] || stem[2] is not (3 or 7))
            throw new InputException($"{state.Place}: {prefix}conv1.weight: a filter of 3x3 or 7x7 expected, ({string.Join(',', stem)}) came");
        var bottleneck = state.Find(prefix + "layer1.0.conv3.weight") is not null;
        var shortcut = state.Find(prefix + "layer2.0.shortcut.0.weight") is not null ? "shortcut" : "downsample";
        var optionA = state.Find($"{prefix}layer2.0.{shortcut}.0.weight") is null;
        var found = Architecture.All.FirstOrDefault(a => a.Blocks.SequenceEqual(blocks) && a.Width == stem[0] && a.Bottleneck == bottleneck && a.OptionA == optionA)
            ?? new Architecture($"resnet{(blocks.Sum() * (bottleneck ? 3 : 2)) + 2}-{string.Join('-', blocks)}x{stem[0]}", blocks, stem[0], bottleneck, optionA);
        return new ResNetLayout(found, stem[2] == 3, shortcut);
    }

    private static int[] Blocks(StateDictionary state, string prefix)
    {
        var numbers = state.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => BlockKey().Match(k, prefix.Length)).Where(m => m.Success && m.Index == prefix.Length)
            .Select(m => (Stage: int.Parse(m.Groups[1].ValueSpan, null), Block: int.Parse(m.Groups[2].ValueSpan, null))).Distinct().ToArray();
        var blocks = numbers.GroupBy(n => n.Stage).OrderBy(g => g.Key).Select(g => g.Count()).ToArray();
        if (blocks.Length is 0 or > 8 || numbers.Any(n => n.Stage < 1 || n.Stage > blocks.Length || n.Block >= blocks[n.Stage - 1]))
            throw new InputException($"{state.Place}: blocks layer1.0, layer1.1, ... without gaps expected, {string.Join(", ", numbers.Take(8).Select(n => $"layer{n.Stage}.{n.Block}"))} came");
        return blocks;
    }

    [GeneratedRegex(@"layer([0-9]{1,3})\.([0-9]{1,4})\.conv1\.weight$")]
    private static partial Regex BlockKey();
}
