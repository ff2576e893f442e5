namespace CudaNoisy.Training;

/// <summary>Which fold holds each sample out: every class is spread evenly.</summary>
internal static class FoldAssignment
{
    private const ulong Stream = 0x464F;

    /// <summary>Folds, [sample].</summary>
    public static int[] Stratified(int[] labels, int classes, int folds, ulong seed)
    {
        var random = new Philox(seed, Stream);
        var assigned = new int[labels.Length];
        var next = 0;
        for (var k = 0; k < classes; k++)
        {
            var members = Enumerable.Range(0, labels.Length).Where(i => labels[i] == k).ToArray();
            random.Shuffle(members.AsSpan());
            foreach (var i in members)
                assigned[i] = next++ % folds;
        }

        return assigned;
    }
}
