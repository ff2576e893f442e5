using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Training and validation images of a data set, as indices.</summary>
/// <param name="Train">The noisy part, in the order in which labels are corrupted.</param>
/// <param name="Validation">The clean part: validation and meta set.</param>
public sealed record DataSplit(int[] Train, int[] Validation)
{
    /// <summary>PyTorch's <c>random_split</c> with a seeded generator: the last <paramref name="validation"/> of <c>randperm</c> are the validation set.</summary>
    /// <exception cref="InputException">There are too few images.</exception>
    public static DataSplit Create(int count, int validation, ulong seed)
    {
        if (validation < 0 || validation >= count)
            throw new InputException($"--val_size: a number from 0 to {count - 1} expected (the data set has {count} training images), {validation} came");
        var permutation = TorchRandom.Permutation(count, seed);
        return new DataSplit(permutation[..^validation], permutation[^validation..]);
    }
}
