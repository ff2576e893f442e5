namespace CudaNoisy.Training.TensorBoard;

/// <summary>Counts of numbers in equal steps between the smallest and the largest.</summary>
internal static class Histogram
{
    private const int Buckets = 40;

    /// <summary>The histogram; numbers that are not finite are left out.</summary>
    /// <param name="values">The numbers.</param>
    public static HistogramProto Of(ReadOnlySpan<float> values)
    {
        var (min, max, count, sum, squares) = (float.PositiveInfinity, float.NegativeInfinity, 0L, 0.0, 0.0);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
            count++;
            sum += value;
            squares += (double)value * value;
        }

        var histogram = new HistogramProto { Num = count, Sum = sum, SumSquares = squares };
        if (count == 0)
            return histogram;
        (histogram.Min, histogram.Max) = (min, max);
        var counts = Count(values, min, max);
        histogram.Bucket.AddRange(counts);
        for (var i = 1; i < counts.Length; i++)
            histogram.BucketLimit.Add(min + (((double)max - min) * i / counts.Length));
        histogram.BucketLimit.Add(max);
        return histogram;
    }

    private static double[] Count(ReadOnlySpan<float> values, double min, double max)
    {
        var counts = new double[max > min ? Buckets : 1];
        var scale = max > min ? counts.Length / (max - min) : 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                counts[Math.Min(counts.Length - 1, (int)((value - min) * scale))]++;
        }

        return counts;
    }
}
