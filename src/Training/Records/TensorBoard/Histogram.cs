namespace CudaNoisy.Training.TensorBoard;

/// <summary>Counts of numbers in equal steps between the smallest and the largest.</summary>
internal static class Histogram
{
    private const int Buckets = 40;

    /// <summary>The histogram; numbers that are not finite are left out.</summary>
    /// <param name="values">The numbers.</param>
    public static HistogramProto Of(IEnumerable<float> values)
    {
        var finite = values.Where(float.IsFinite).ToArray();
        var histogram = new HistogramProto { Num = finite.Length };
        if (finite.Length == 0)
            return histogram;
        var (min, max) = ((double)finite.Min(), (double)finite.Max());
        var counts = new double[max > min ? Buckets : 1];
        foreach (double value in finite)
        {
            counts[max > min ? Math.Min(counts.Length - 1, (int)((value - min) / (max - min) * counts.Length)) : 0]++;
            histogram.Sum += value;
            histogram.SumSquares += value * value;
        }

        (histogram.Min, histogram.Max) = (min, max);
        histogram.Bucket.AddRange(counts);
        for (var i = 1; i < counts.Length; i++)
            histogram.BucketLimit.Add(min + ((max - min) * i / counts.Length));
        histogram.BucketLimit.Add(max);
        return histogram;
    }
}
