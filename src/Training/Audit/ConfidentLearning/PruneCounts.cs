namespace CudaNoisy.Training;

/// <summary>How many samples of each given label to prune, from the calibrated joint.</summary>
internal static class PruneCounts
{
    /// <summary>Samples a class must keep.</summary>
    public const int Kept = 1;

    /// <summary>Counts, (true, given): every diagonal entry at least <see cref="Kept"/>, taken off the other entries of its column.</summary>
    public static int[,] Of(int[,] joint)
    {
        var classes = joint.GetLength(0);
        var counts = new int[classes, classes];
        for (var given = 0; given < classes; given++)
        {
            var diagonal = Math.Max(joint[given, given], Kept);
            var others = Enumerable.Range(0, classes).Count(y => joint[given, y] != 0) - 1.0;
            var less = (diagonal - joint[given, given]) / Math.Max(others, 1);
            for (var y = 0; y < classes; y++)
                counts[y, given] = y == given ? diagonal : (int)Math.Max(joint[given, y] - less, 0);
        }

        return counts;
    }
}
