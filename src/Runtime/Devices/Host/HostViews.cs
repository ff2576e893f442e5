using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Random views, one part a view.</summary>
internal sealed unsafe class HostViews(HostThreads threads) : IViews
{
    public void Make(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<ViewDraw> draws, PixelScale scale, DeviceView<float> y)
    {
        if (shape.C != 3)
            throw new ArgumentException($"images of 3 channels expected, {shape.C} came", nameof(shape));
        var table = stackalloc float[1024];
        ImageGather.Tabulate(scale, table);
        threads.Run(shape.N, new ViewJob
        {
            Shape = shape,
            Images = HostView.Pointer(images, 0),
            Count = images.Length / shape.ImageLength,
            Indices = HostView.Pointer(indices, shape.N),
            Draws = HostView.Pointer(draws, shape.N),
            Table = table,
            Y = HostView.Pointer(y, shape.Length),
        });
    }

    private struct ViewJob : IHostJob
    {
        public GatherShape Shape;
        public byte* Images;
        public long Count;
        public int* Indices;
        public ViewDraw* Draws;
        public float* Table;
        public float* Y;

        public readonly void Execute(int part, int worker)
        {
            var index = Indices[part];
            if ((uint)index >= Count)
                throw new ArgumentOutOfRangeException(nameof(part), $"index below {Count} expected, {index} came");
            ViewImage.Make(Shape, Images + ((long)index * Shape.ImageLength), Draws[part], Table, Y + ((long)part * Shape.ImageLength));
        }
    }
}
