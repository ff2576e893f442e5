using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Comparisons of device results with double-precision references.</summary>
public static class Near
{
    /// <summary>float32's unit roundoff.</summary>
    public const double Epsilon = 1.0 / (1 << 24);

    /// <summary>Asserts |actual - expected| &lt;= constant * eps * sqrt(terms) * magnitude for every element, where magnitude = sum |a b| of its terms.</summary>
    /// <param name="constant">One an op, with its reason beside it.</param>
    /// <param name="terms">Terms summed into an element.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="magnitude">Per element, the sum of the absolute values of the terms.</param>
    /// <param name="actual">The device's result.</param>
    public static void Sums(double constant, double terms, ReadOnlySpan<double> expected, ReadOnlySpan<double> magnitude, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = (constant * Epsilon * Math.Sqrt(Math.Max(1, terms)) * magnitude[i]) + 1e-37;
            Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance, $"element {i}: expected {expected[i]:R}, got {actual[i]:R}, tolerance {tolerance:R}");
        }
    }

    /// <summary>Asserts |actual - expected| &lt;= constant * eps * the largest expected entry (or the largest term that entries are differences of), for every element.</summary>
    /// <param name="constant">Roundings allowed, one an op, with its reason beside it.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="actual">The device's result.</param>
    /// <param name="terms">The largest term, where terms cancel.</param>
    public static void Scaled(double constant, IReadOnlyList<double> expected, ReadOnlySpan<float> actual, double terms = 0)
    {
        Assert.Equal(expected.Count, actual.Length);
        var tolerance = (constant * Epsilon * Math.Max(terms, expected.Max(Math.Abs))) + 1e-37;
        for (var i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance, $"element {i}: expected {expected[i]:R}, got {actual[i]:R}, tolerance {tolerance:R}");
    }

    /// <summary>Asserts that two sums of products agree: the adjoint identity.</summary>
    public static void Identity(double constant, IEnumerable<(double A, double B)> left, IEnumerable<(double A, double B)> right)
    {
        double l = 0, r = 0, magnitude = 0;
        foreach (var (a, b) in left)
        {
            l += a * b;
            magnitude += Math.Abs(a * b);
        }

        foreach (var (a, b) in right)
        {
            r += a * b;
            magnitude += Math.Abs(a * b);
        }

        Assert.True(Math.Abs(l - r) <= constant * Epsilon * magnitude, $"{l:R} and {r:R} differ");
    }

    /// <summary>Pairs of equal places.</summary>
    public static IEnumerable<(double A, double B)> Pairs(float[] a, float[] b) => a.Zip(b, (x, y) => ((double)x, (double)y));

    /// <summary>Uploads an array.</summary>
    public static DeviceView<T> Upload<T>(Device device, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = device.Allocate<T>(values.Length);
        buffer.CopyFrom(values);
        return buffer.View;
    }

    /// <summary>Seeded standard normal values.</summary>
    public static float[] Normal(int seed, long length)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
