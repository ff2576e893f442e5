using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The losses by option value: a new one is a struct in <c>src/Kernels/Losses</c> and one line here.</summary>
public static class LossRegistry
{
    private static readonly SortedDictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        ["ce"] = new("categorical cross-entropy, -ln p", (_, _) => Loss.Of(default(CrossEntropy))),
        ["mae"] = new("mean absolute error, 2(1 - p)", (_, _) => Loss.Of(default(MeanAbsoluteError))),
        ["qloss"] = new("generalized cross-entropy, (1 - p^q)/q", (q, _) => Loss.Of(new GeneralizedCrossEntropy(q))),
        ["qloss_truncated"] = new("truncated generalized cross-entropy", (q, k) => Loss.Of(new TruncatedGeneralizedCrossEntropy(q, MathF.Log(k)))),
    };

    /// <summary>The option values.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>What a loss is, in a few words.</summary>
    public static string Describe(string name) => Entries[name].Description;

    /// <summary>Makes a loss.</summary>
    /// <param name="name">The option value.</param>
    /// <param name="q">The exponent of generalized cross-entropy, in (0, 1].</param>
    /// <param name="k">The truncation threshold, in (0, 1).</param>
    /// <exception cref="InputException">The name is not known or a parameter lies outside its range.</exception>
    public static Loss Create(string name, double q = 0.66, double k = 0.5)
    {
        if (!(q > 0 && q <= 1))
            throw new InputException($"--q: a number in (0, 1] expected, {q.ToString(System.Globalization.CultureInfo.InvariantCulture)} came");
        if (!(k > 0 && k < 1))
            throw new InputException($"--q_truncation: a number in (0, 1) expected, {k.ToString(System.Globalization.CultureInfo.InvariantCulture)} came");
        return Entries.TryGetValue(name, out var entry)
            ? entry.Create((float)q, (float)k)
            : throw new InputException($"--loss: one of {string.Join(", ", Names)} expected, '{name}' came");
    }

    private sealed record Entry(string Description, Func<float, float, Loss> Create);
}
