namespace CudaNoisy.Training;

/// <summary>Training batches: a new permutation every pass over the data, mirrored and cut at random. A function of seed, stream and step, so that resuming needs no state.</summary>
/// <remarks>A stream's 2^48 generators: one a pass in the lower half, one a step's mirror flags in the third quarter, one a cut in the fourth.</remarks>
public sealed class Sampler : BatchOrder
{
    private const ulong FlipPart = 1ul << 47;
    private const ulong CutPart = 3ul << 46;
    private readonly int[] _indices;
    private readonly int[] _all;
    private readonly BalancedSubset? _subset;
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly int[] _order;
    private readonly bool _augment;
    private long _epoch = -1;

    /// <summary>A sampler over images.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="batch">Images a step, at most all.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Tells samplers of one run apart, below 2^16.</param>
    /// <param name="augment">Whether images are mirrored and cut at random.</param>
    public Sampler(int[] indices, int batch, ulong seed, ulong stream, bool augment)
        : this(indices, batch, seed, stream, augment, null)
    {
    }

    /// <summary>A sampler whose every pass draws a subset.</summary>
    internal Sampler(int[] indices, int batch, ulong seed, ulong stream, bool augment, BalancedSubset? subset)
    {
        _indices = indices;
        _all = (int[])indices.Clone();
        _subset = subset;
        _order = subset is null ? _all : new int[subset.Size];
        BatchSize = batch;
        _seed = seed;
        _stream = stream << 48;
        _augment = augment;
    }

    /// <inheritdoc/>
    public override int BatchSize { get; }

    /// <inheritdoc/>
    public override long Steps => long.MaxValue;

    /// <inheritdoc/>
    public override bool Flips => _augment;

    /// <summary>Whole batches in a pass; the rest of a permutation is left out.</summary>
    public int StepsPerEpoch => _order.Length / BatchSize;

    /// <inheritdoc/>
    public override void Fill(long step, Span<int> indices, Span<int> flips)
    {
        var (epoch, position) = Math.DivRem(step, StepsPerEpoch);
        if (epoch != _epoch)
        {
            Shuffle((ulong)epoch);
            _epoch = epoch;
        }

        _order.AsSpan((int)position * BatchSize, BatchSize).CopyTo(indices);
        if (!_augment)
            return;
        var random = new Philox(_seed, _stream + FlipPart + (ulong)step);
        for (var i = 0; i < flips.Length; i++)
            flips[i] = (int)(random.NextUInt() >> 31);
    }

    private void Shuffle(ulong epoch)
    {
        var random = new Philox(_seed, _stream + epoch);
        _indices.CopyTo(_all, 0);
        random.Shuffle(_all.AsSpan());
        if (_subset is null)
            return;
        _subset.Choose(_all, _order);
        random.Shuffle(_order.AsSpan());
    }

    /// <inheritdoc/>
    public override Philox? Random(long step, int place) => _augment ? new Philox(_seed, _stream + CutPart + ((ulong)step * (ulong)BatchSize) + (ulong)place) : null;
}
