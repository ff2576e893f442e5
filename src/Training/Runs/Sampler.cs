namespace CudaNoisy.Training;

/// <summary>Which images make up a step's batch: a new permutation every pass over the data. A function of seed, stream and step, so that resuming needs no state.</summary>
public sealed class Sampler
{
    private readonly int[] _indices;
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly int _batch;
    private readonly int[] _order;
    private long _epoch = -1;

    /// <summary>A sampler over images.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="batch">Images a step, at most all.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Tells samplers of one run apart, below 2^16.</param>
    public Sampler(int[] indices, int batch, ulong seed, ulong stream)
    {
        _indices = indices;
        _order = (int[])indices.Clone();
        _batch = batch;
        _seed = seed;
        _stream = stream << 48;
    }

    /// <summary>Whole batches in a pass; the rest of a permutation is left out.</summary>
    public int StepsPerEpoch => _indices.Length / _batch;

    /// <summary>Fills a step's image numbers.</summary>
    public void Batch(long step, Span<int> batch)
    {
        var (epoch, position) = Math.DivRem(step, StepsPerEpoch);
        if (epoch != _epoch)
        {
            _indices.CopyTo(_order, 0);
            new Philox(_seed, _stream + (ulong)epoch).Shuffle(_order.AsSpan());
            _epoch = epoch;
        }

        _order.AsSpan((int)position * _batch, _batch).CopyTo(batch);
    }

    /// <summary>Fills a step's mirror flags, fair coins.</summary>
    public void Flips(long step, Span<int> flips)
    {
        var random = new Philox(_seed, _stream + (1ul << 47) + (ulong)step);
        for (var i = 0; i < flips.Length; i++)
            flips[i] = (int)(random.NextUInt() >> 31);
    }
}
