using System.Text.Json;

namespace CudaNoisy.Tests.Golden;

/// <summary>An expected array: all of it, or its digest (l2 norm, sum and first elements).</summary>
public sealed record GoldenArray(double[]? Values, double L2, double Sum, double[] Head, int Length)
{
    public double First => Values is null ? Head[0] : Values[0];

    public static GoldenArray Of(double[] values) => new(values, 0, 0, [], values.Length);

    public static GoldenArray Of(JsonElement digest) => new(
        null, digest.GetProperty("l2").GetDouble(), digest.GetProperty("sum").GetDouble(), [.. digest.GetProperty("head").EnumerateArray().Select(v => v.GetDouble())],
        digest.GetProperty("shape").EnumerateArray().Aggregate(1, (a, d) => a * d.GetInt32()));

    /// <summary>The largest difference from actual values, relative to the expected array's largest entry (its root mean square in a digest).</summary>
    public double RelativeError(ReadOnlySpan<float> actual)
    {
        Assert.Equal(Length, actual.Length);
        if (Values is not null)
        {
            double worst = 0, largest = 0;
            for (var i = 0; i < actual.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(actual[i] - Values[i]));
                largest = Math.Max(largest, Math.Abs(Values[i]));
            }

            return worst == 0 ? 0 : worst / largest;
        }

        // A norm may err by tolerance * norm, a sum by tolerance * sqrt(n) * norm, a head by tolerance * largest (at least the root mean square).
        double squares = 0, sum = 0;
        foreach (var value in actual)
        {
            squares += (double)value * value;
            sum += value;
        }

        var scale = Math.Max(L2, double.Epsilon);
        var rms = Math.Max(Math.Sqrt(L2 * L2 / Length), Head.Max(Math.Abs));
        var error = Math.Max(Math.Abs(Math.Sqrt(squares) - L2) / scale, Math.Abs(sum - Sum) / (scale * Math.Sqrt(Length)));
        for (var i = 0; i < Head.Length; i++)
            error = Math.Max(error, Math.Abs(actual[i] - Head[i]) / rms);
        return error;
    }
}
