using CudaNoisy.Kernels;

namespace CudaNoisy.Training;

/// <summary>Batches of two views an image: first all first views, then all second ones; in equal chunks where they are too large for one pass. Chunk c of step s is batch s * chunks + c.</summary>
/// <remarks>A view is a function of (seed, stream, step, place), and a step's place decides image and view: whoever makes it, and wherever, it is the same.</remarks>
public sealed class PairOrder : BatchOrder
{
    /// <summary>Where the views' generators lie among a stream's: the last quarter, as a sampler's cuts.</summary>
    private const ulong ViewPart = 3ul << 46;

    private readonly Sampler _sampler;
    private readonly ViewRecipe _recipe;
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly int[] _images;

    /// <summary>An order over images.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="images">Images a step, at most all.</param>
    /// <param name="chunks">Chunks a step; divides 2 * <paramref name="images"/>.</param>
    /// <param name="recipe">How views are made.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Tells orders of one run apart, below 2^16.</param>
    public PairOrder(int[] indices, int images, int chunks, ViewRecipe recipe, ulong seed, ulong stream)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(2 * images % chunks, 0);
        _sampler = new Sampler(indices, images, seed, stream, augment: false);
        _recipe = recipe;
        _seed = seed;
        _stream = (stream << 48) + ViewPart;
        _images = new int[images];
        Chunks = chunks;
    }

    /// <summary>Chunks a step.</summary>
    public int Chunks { get; }

    /// <inheritdoc/>
    public override int BatchSize => 2 * _images.Length / Chunks;

    /// <inheritdoc/>
    public override long Steps => long.MaxValue;

    /// <inheritdoc/>
    public override bool Flips => false;

    /// <inheritdoc/>
    public override bool Views => true;

    /// <inheritdoc/>
    public override void Fill(long step, Span<int> indices, Span<int> flips)
    {
        var (whole, chunk) = Math.DivRem(step, Chunks);
        _sampler.Fill(whole, _images, []);
        for (var i = 0; i < indices.Length; i++)
            indices[i] = _images[(int)(((chunk * BatchSize) + i) % _images.Length)];
    }

    /// <inheritdoc/>
    public override Philox? Random(long step, int place) => null;

    /// <inheritdoc/>
    public override void FillViews(long step, int h, int w, Span<ViewDraw> views)
    {
        var first = (ulong)step * (ulong)BatchSize;
        for (var i = 0; i < views.Length; i++)
            views[i] = _recipe.Draw(new Philox(_seed, _stream + first + (ulong)i), h, w);
    }
}
