namespace CudaNoisy.Training;

/// <summary>Images one after the other, as they are; the last batch is filled up with its first image.</summary>
internal sealed class EvaluationOrder(int[] indices, int batch) : BatchOrder
{
    public override int BatchSize => batch;

    public override long Steps => (indices.Length + (long)batch - 1) / batch;

    public override bool Flips => false;

    public override void Fill(long step, Span<int> batchIndices, Span<int> flips)
    {
        var rest = indices.AsSpan((int)step * batch);
        rest = rest[..Math.Min(batch, rest.Length)];
        batchIndices.Fill(rest[0]);
        rest.CopyTo(batchIndices);
    }

    public override Philox? Random(long step, int place) => null;
}
