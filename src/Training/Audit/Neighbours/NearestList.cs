namespace CudaNoisy.Training;

/// <summary>The k most similar samples so far, most similar first, of equals the earlier sample.</summary>
internal sealed class NearestList(int k)
{
    private readonly float[] _cosines = new float[k];
    private readonly int[] _samples = new int[k];
    private int _count;

    /// <summary>Offers a row of cosines.</summary>
    /// <param name="cosines">Cosines.</param>
    /// <param name="samples">Their samples, ascending.</param>
    /// <param name="self">The sample that is never its own neighbour.</param>
    public void Add(ReadOnlySpan<float> cosines, ReadOnlySpan<int> samples, int self)
    {
        var worst = _count < k ? float.NegativeInfinity : _cosines[k - 1];
        for (var j = 0; j < cosines.Length; j++)
        {
            if (cosines[j] <= worst || samples[j] == self)
                continue;
            Insert(cosines[j], samples[j]);
            worst = _count < k ? float.NegativeInfinity : _cosines[k - 1];
        }
    }

    public void CopyTo(Span<int> samples, Span<float> cosines)
    {
        _samples.CopyTo(samples);
        _cosines.CopyTo(cosines);
    }

    private void Insert(float cosine, int sample)
    {
        var at = _count < k ? _count++ : k - 1;
        for (; at > 0 && _cosines[at - 1] < cosine; at--)
            (_cosines[at], _samples[at]) = (_cosines[at - 1], _samples[at - 1]);
        (_cosines[at], _samples[at]) = (cosine, sample);
    }
}
