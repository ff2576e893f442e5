using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What the device needs besides pixels to put a batch into a network's input: mirror flags, or the draws of views.</summary>
internal sealed class BatchInput : IDisposable
{
    private readonly Device _device;
    private readonly BatchOrder _order;
    private readonly PixelSource _source;
    private readonly PixelScale _scale;
    private readonly DeviceBuffer<int> _flips;
    private readonly DeviceBuffer<ViewDraw> _views;
    private readonly ViewDraw[] _draws;

    public BatchInput(Device device, BatchOrder order, PixelSource source, PixelScale scale)
    {
        _device = device;
        _order = order;
        _source = source;
        _scale = scale;
        _flips = device.Allocate<int>(order.Flips ? order.BatchSize : 0);
        _draws = new ViewDraw[order.Views ? order.BatchSize : 0];
        _views = device.Allocate<ViewDraw>(_draws.Length);
    }

    /// <summary>Brings a step's flags or draws to the device.</summary>
    public void Move(long step, int[] flips)
    {
        _flips.CopyFrom(flips);
        if (!_order.Views)
            return;
        _order.FillViews(step, _source.H, _source.W, _draws);
        _views.CopyFrom(_draws);
    }

    /// <summary>Puts the images with the given numbers into an input: as many as it holds, of the given part of the batch.</summary>
    public void Load(DeviceView<byte> pixels, DeviceView<int> indices, Tensor input, int chunk)
    {
        var (n, first) = (input.Shape.N, (long)chunk * input.Shape.N);
        var shape = new GatherShape(n, _source.H, _source.W, _source.C);
        if (_order.Views)
            _device.Views.Make(shape, pixels, indices.Slice(first, n), _views.View.Slice(first, n), _scale, input);
        else
            _device.Batches.GatherImages(shape, pixels, indices.Slice(first, n), _order.Flips ? _flips.View.Slice(first, n) : default, _scale, input);
    }

    public void Dispose()
    {
        _flips.Dispose();
        _views.Dispose();
    }
}
