using System.Diagnostics;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Images that are not in device memory: threads make the next batches while the present one is computed on. Memory depends on the batch, not on the set.</summary>
internal sealed class StreamedImages(Device device, PixelSource source, PixelScale scale, int workers) : DeviceImages
{
    private readonly BatchWorkers _workers = new(source, workers);

    public override BatchImages Batches(BatchOrder order) => new Streamed(this, order);

    protected override void Dispose(bool disposing) => _workers.Dispose();

    private sealed class Streamed : BatchImages
    {
        private const int Ahead = 3;
        private readonly StreamedImages _images;
        private readonly BatchSlot[] _slots;
        private readonly DeviceBuffer<byte> _pixels;
        private readonly DeviceBuffer<int> _numbers;
        private readonly BatchInput _input;
        private long _next = -1;

        public Streamed(StreamedImages images, BatchOrder order)
            : base(order)
        {
            _images = images;
            var n = order.BatchSize;
            _slots = [.. Enumerable.Range(0, (int)Math.Clamp(order.Steps, 1, Ahead)).Select(_ => new BatchSlot(order, images.Source.ImageLength))];
            _pixels = images.Device.Allocate<byte>((long)n * images.Source.ImageLength);
            _input = new BatchInput(images.Device, order, images.Source, images.Scale);
            _numbers = images.Device.Allocate<int>(n);
            _numbers.CopyFrom([.. Enumerable.Range(0, n)]);
        }

        public override void Move(long step)
        {
            if (step != _next)
            {
                foreach (var slot in _slots)
                    _images._workers.Wait(slot);
                for (var s = step; s < Math.Min(step + _slots.Length, Order.Steps); s++)
                    _images._workers.Start(_slots[s % _slots.Length], s);
            }

            var current = _slots[step % _slots.Length];
            var start = Stopwatch.GetTimestamp();
            _images._workers.Wait(current);
            Waited += Stopwatch.GetElapsedTime(start);
            current.ThrowIfFailed();
            current.Indices.CopyTo(Indices, 0);
            _pixels.CopyFrom(current.Pixels);
            _input.Move(step, current.Flips);
            _next = step + 1;
            if (step + _slots.Length < Order.Steps)
                _images._workers.Start(current, step + _slots.Length);
        }

        public override void Load(Tensor input, int chunk) => _input.Load(_pixels.View, _numbers.View, input, chunk);

        protected override void Dispose(bool disposing)
        {
            foreach (var slot in _slots)
                _images._workers.Wait(slot);
            _pixels.Dispose();
            _numbers.Dispose();
            _input.Dispose();
        }
    }

    private Device Device => device;

    private PixelSource Source => source;

    private PixelScale Scale => scale;
}
