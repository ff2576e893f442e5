using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The transforms of image files by option value: a new one is a class and one line here.</summary>
public static class TransformRegistry
{
    private static readonly SortedDictionary<string, Func<int, double, ImageTransform>> Entries = new(StringComparer.Ordinal)
    {
        ["fit"] = (size, _) => new FitTransform(size),
        ["imagenet"] = (size, _) => new ImageNetTransform(size),
        ["simclr"] = (size, scaleLower) => new SimclrTransform(size, scaleLower),
    };

    /// <summary>The option values.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>Makes a transform.</summary>
    /// <param name="name">The option value.</param>
    /// <param name="size">Side of the output in pixels.</param>
    /// <param name="scaleLower">The smallest part of a picture's area that <c>simclr</c> shows, in (0, 1].</param>
    /// <exception cref="InputException">The name is not known.</exception>
    public static ImageTransform Create(string name, int size, double scaleLower = 0.08) => Entries.TryGetValue(name, out var create)
        ? create(size, scaleLower)
        : throw new InputException($"--transform: one of {string.Join(", ", Names)} expected, '{name}' came");
}
