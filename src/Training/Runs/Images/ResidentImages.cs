using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Images in device memory, from which batches are gathered.</summary>
internal sealed class ResidentImages : DeviceImages
{
    private readonly Device _device;
    private readonly PixelSource _source;
    private readonly PixelScale _scale;
    private readonly DeviceBuffer<byte> _pixels;

    public ResidentImages(Device device, PixelSource source, PixelScale scale)
    {
        _device = device;
        _source = source;
        _scale = scale;
        _pixels = device.Allocate<byte>((long)source.Count * source.ImageLength);
        long at = 0;
        foreach (var block in source.Blocks)
        {
            _pixels.CopyFrom(block, at);
            at += block.Length;
        }
    }

    public override BatchImages Batches(BatchOrder order) => new Gathered(this, order);

    protected override void Dispose(bool disposing) => _pixels.Dispose();

    private sealed class Gathered(ResidentImages images, BatchOrder order) : BatchImages(order)
    {
        private readonly DeviceBuffer<int> _indices = images._device.Allocate<int>(order.BatchSize);
        private readonly BatchInput _input = new(images._device, order, images._source, images._scale);
        private readonly int[] _hostFlips = new int[order.Flips ? order.BatchSize : 0];

        public override void Move(long step)
        {
            Order.Fill(step, Indices, _hostFlips);
            _indices.CopyFrom(Indices);
            _input.Move(step, _hostFlips);
        }

        public override void Load(Tensor input, int chunk) => _input.Load(images._pixels.View, _indices.View, input, chunk);

        protected override void Dispose(bool disposing)
        {
            _indices.Dispose();
            _input.Dispose();
        }
    }
}
