using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Cached features in the place of images: what a frozen encoder says about them. Not mirrored and not cut.</summary>
/// <param name="rows">(N, features).</param>
/// <param name="features">Numbers an image.</param>
internal sealed class FeatureImages(float[] rows, int features) : DeviceImages
{
    public override BatchImages Batches(BatchOrder order) => new Copied(rows, features, order);

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Copied(float[] rows, int features, BatchOrder order) : BatchImages(order)
    {
        private readonly float[] _batch = new float[(long)order.BatchSize * features];
        private readonly int[] _flips = new int[order.Flips ? order.BatchSize : 0];

        public override void Move(long step)
        {
            Order.Fill(step, Indices, _flips);
            for (var i = 0; i < Indices.Length; i++)
                rows.AsSpan(Indices[i] * features, features).CopyTo(_batch.AsSpan(i * features));
        }

        public override void Load(Tensor input, int chunk) => input.View.CopyFrom(_batch.AsSpan(chunk * input.Shape.N * features, input.Shape.N * features));

        protected override void Dispose(bool disposing)
        {
        }
    }
}
