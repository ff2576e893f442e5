using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The noise models by option value: a new one is a class and one line here.</summary>
public static class NoiseRegistry
{
    private static readonly SortedDictionary<string, INoiseModel> Entries = new(StringComparer.Ordinal)
    {
        ["asym"] = new AsymmetricNoise(),
        ["flip"] = new FlipNoise(),
        ["flip2"] = new Flip2Noise(),
        ["unif"] = new UniformNoise(),
    };

    /// <summary>The option values.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>Writes noisy labels: for every index in order, <c>choice(K, p=C[y])</c> from <c>RandomState(seed)</c>, after the draws of C itself.</summary>
    /// <param name="name">The model.</param>
    /// <param name="p">The share of labels to corrupt, in [0, 1].</param>
    /// <param name="seed">The seed.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="labels">All true labels.</param>
    /// <param name="indices">The labels to corrupt, in the order of the draws.</param>
    /// <returns>All labels; those at other indices are unchanged.</returns>
    /// <exception cref="InputException">The name is not known or p lies outside [0, 1].</exception>
    public static int[] Apply(string name, double p, uint seed, IReadOnlyList<string> classes, ReadOnlySpan<int> labels, ReadOnlySpan<int> indices)
    {
        if (!(p >= 0 && p <= 1))
            throw new InputException($"--corruption_prob: a number in [0, 1] expected, {p.ToString(CultureInfo.InvariantCulture)} came");
        if (!Entries.TryGetValue(name, out var model))
            throw new InputException($"--corruption_type: one of {string.Join(", ", Names)} expected, '{name}' came");
        if (classes.Count < 3 && name == "flip2")
            throw new InputException($"--corruption_type flip2: at least 3 classes expected, {classes.Count} came");
        var random = new NumpyRandomState(seed);
        var matrix = model.Matrix(classes, p, random);
        var noisy = labels.ToArray();
        foreach (var i in indices)
            noisy[i] = random.Choice(matrix.Row(labels[i]));
        return noisy;
    }
}
