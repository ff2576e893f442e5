using CudaNoisy.Kernels;

namespace CudaNoisy.Export;

/// <summary>How a checkpoint is converted.</summary>
public sealed record ConversionOptions
{
    /// <summary>The architecture, or null for the one that the keys describe.</summary>
    public string? Architecture { get; init; }

    /// <summary>Whether the classifier is kept; null: where the checkpoint has one.</summary>
    public bool? Classifier { get; init; }

    /// <summary>Height and width of the images; 0 for the stem's usual size.</summary>
    public int InputSize { get; init; }

    /// <summary>Whether the stem is CIFAR's; null: by the filter's size.</summary>
    public bool? CifarStem { get; init; }

    /// <summary>What stands in front of the network's names; null: found.</summary>
    public string? Prefix { get; init; }

    /// <summary>What the network was trained on.</summary>
    public PixelScale Scale { get; init; } = PixelScale.Unit;

    /// <summary>Class names, or null.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Whether missing keys may be filled.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Whether other keys may be dropped.</summary>
    public bool AllowUnexpected { get; init; }
}
