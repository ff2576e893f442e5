using CudaNoisy.Kernels;

namespace CudaNoisy.Training;

/// <summary>Batches of two views an image: first all first views, then all second ones.</summary>
/// <remarks>A view is a function of (seed, stream, step, place), and a step's place decides image and view: whoever makes it, and wherever, it is the same.</remarks>
/// <param name="indices">The images.</param>
/// <param name="images">Images a step, at most all.</param>
/// <param name="recipe">How views are made.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="stream">Tells orders of one run apart, below 2^16.</param>
public sealed class PairOrder(int[] indices, int images, ViewRecipe recipe, ulong seed, ulong stream) : BatchOrder
{
    /// <summary>Where the views' generators lie among a stream's: the last quarter, as a sampler's cuts.</summary>
    private const ulong ViewPart = 3ul << 46;

    private readonly Sampler _sampler = new(indices, images, seed, stream, augment: false);

    /// <inheritdoc/>
    public override int BatchSize => 2 * images;

    /// <inheritdoc/>
    public override long Steps => long.MaxValue;

    /// <inheritdoc/>
    public override bool Flips => false;

    /// <inheritdoc/>
    public override bool Views => true;

    /// <inheritdoc/>
    public override void Fill(long step, Span<int> indices, Span<int> flips)
    {
        _sampler.Fill(step, indices[..images], []);
        indices[..images].CopyTo(indices[images..]);
    }

    /// <inheritdoc/>
    public override Philox? Random(long step, int place) => null;

    /// <inheritdoc/>
    public override void FillViews(long step, int h, int w, Span<ViewDraw> views)
    {
        var first = (stream << 48) + ViewPart + ((ulong)step * (ulong)BatchSize);
        for (var i = 0; i < views.Length; i++)
            views[i] = recipe.Draw(new Philox(seed, first + (ulong)i), h, w);
    }
}
