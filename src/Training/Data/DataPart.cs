namespace CudaNoisy.Training;

/// <summary>The parts of a data set.</summary>
internal enum DataPart
{
    /// <summary>Trained on; labels may be noisy.</summary>
    Train,

    /// <summary>Clean: for validation, and Meta-Weight-Net's meta set.</summary>
    Validation,

    /// <summary>For the final accuracy.</summary>
    Test,
}
