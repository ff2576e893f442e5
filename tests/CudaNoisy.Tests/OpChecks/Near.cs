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
