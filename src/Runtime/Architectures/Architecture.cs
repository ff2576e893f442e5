namespace CudaNoisy.Runtime;

/// <summary>A residual network's shape (He et al. 2016), with the parameter names PyTorch's implementations use.</summary>
/// <param name="Name">What <c>--arch</c> calls it.</param>
/// <param name="Blocks">Blocks a stage.</param>
/// <param name="Width">Channels of the first stage; each following one doubles them.</param>
/// <param name="Bottleneck">1x1, 3x3, 1x1 blocks with four times the channels at their end.</param>
/// <param name="OptionA">Shortcuts without parameters: subsample and pad with zero channels. Else 1x1 convolutions with batch-norm.</param>
public sealed record Architecture(string Name, IReadOnlyList<int> Blocks, int Width, bool Bottleneck, bool OptionA)
{
    private static readonly SortedDictionary<string, Architecture> Entries = new(StringComparer.Ordinal)
    {
        ["resnet18"] = new("resnet18", [2, 2, 2, 2], 64, false, false),
        ["resnet20"] = new("resnet20", [3, 3, 3], 16, false, true),
        ["resnet32"] = new("resnet32", [5, 5, 5], 16, false, true),
        ["resnet34"] = new("resnet34", [3, 4, 6, 3], 64, false, false),
        ["resnet44"] = new("resnet44", [7, 7, 7], 16, false, true),
        ["resnet50"] = new("resnet50", [3, 4, 6, 3], 64, true, false),
        ["resnet56"] = new("resnet56", [9, 9, 9], 16, false, true),
    };

    /// <summary>The known names.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>All known architectures.</summary>
    public static IReadOnlyCollection<Architecture> All => Entries.Values;

    /// <summary>Channels at the end.</summary>
    public int Features => Width * (1 << (Blocks.Count - 1)) * (Bottleneck ? 4 : 1);

    /// <summary>Finds an architecture by name.</summary>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Architecture Find(string name) => Entries.TryGetValue(name, out var found)
        ? found
        : throw new InputException($"--arch: one of {string.Join(", ", Names)} expected, '{name}' came");
}
