namespace CudaNoisy.Training;

/// <summary>A class of an image's prediction.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Probability">Its softmax probability.</param>
public readonly record struct RankedClass(int Class, string Name, float Probability)
{
    /// <summary>The most probable classes, the first first; equal ones in the order of the classes.</summary>
    public static RankedClass[] Top(ReadOnlySpan<float> probabilities, IReadOnlyList<string> names, int count)
    {
        var order = Enumerable.Range(0, probabilities.Length).ToArray();
        var keys = probabilities.ToArray();
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        return [.. order.Take(count).Select(k => new RankedClass(k, names[k], keys[k]))];
    }
}
