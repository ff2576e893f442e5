namespace CudaNoisy.Training;

/// <summary>What Meta-Weight-Net is made of.</summary>
public sealed record MetaWeightNetOptions
{
    /// <summary>alpha of the virtual step; null takes the classifier's learning rate.</summary>
    public double? InnerRate { get; init; } = 0.1;

    /// <summary>The weighting network's learning rate.</summary>
    public double MetaRate { get; init; } = 1e-3;

    /// <summary>Hidden units of the weighting network.</summary>
    public int Hidden { get; init; } = 100;

    /// <summary>Weights divided by their sum over the batch: the original authors' form.</summary>
    public bool NormalizeWeights { get; init; }

    /// <summary>The weighting network learns at every so many steps.</summary>
    public int MetaEvery { get; init; } = 1;

    /// <summary>Keep the training activations for the tangent pass (faster) or recompute them (smaller).</summary>
    public bool KeepActivations { get; init; } = true;
}
