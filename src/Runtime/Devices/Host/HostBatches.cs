using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Batches drawn from sets in memory, one part an image or row.</summary>
internal sealed unsafe class HostBatches(HostThreads threads) : IBatches
{
    public void GatherImages(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<int> flips, PixelScale scale, DeviceView<float> y)
    {
        var table = stackalloc float[1024];
        ImageGather.Tabulate(scale, table);
        threads.Run(shape.N, new ImageJob
        {
            Shape = shape,
            Images = HostView.Pointer(images, 0),
            Count = images.Length / shape.ImageLength,
            Indices = HostView.Pointer(indices, shape.N),
            Flips = HostView.Pointer(flips, flips.IsEmpty ? 0 : shape.N),
            Table = table,
            Y = HostView.Pointer(y, shape.Length),
        });
    }

    public void GatherRows(int n, int length, DeviceView<float> rows, DeviceView<int> indices, DeviceView<float> y) => threads.Run(n, new RowJob
    {
        Length = length,
        Rows = HostView.Pointer(rows, 0),
        Count = rows.Length / length,
        Indices = HostView.Pointer(indices, n),
        Y = HostView.Pointer(y, (long)n * length),
    });

    public void GatherLabels(int n, DeviceView<int> values, DeviceView<int> indices, DeviceView<int> y)
    {
        var source = HostView.Pointer(values, 0);
        var at = HostView.Pointer(indices, n);
        var target = HostView.Pointer(y, n);
        for (var i = 0; i < n; i++)
            target[i] = source[Checked(at[i], values.Length)];
    }

    private static int Checked(int index, long count) =>
        (uint)index < count ? index : throw new ArgumentOutOfRangeException(nameof(index), $"index below {count} expected, {index} came");

    private struct ImageJob : IHostJob
    {
        public GatherShape Shape;
        public byte* Images;
        public long Count;
        public int* Indices;
        public int* Flips;
        public float* Table;
        public float* Y;

        public readonly void Execute(int part, int worker)
        {
            var image = Images + ((long)Checked(Indices[part], Count) * Shape.ImageLength);
            ImageGather.Image(Shape, image, Flips is not null && Flips[part] != 0, Table, Y + ((long)part * Shape.ImageLength));
        }
    }

    private struct RowJob : IHostJob
    {
        public int Length;
        public float* Rows;
        public long Count;
        public int* Indices;
        public float* Y;

        public readonly void Execute(int part, int worker) =>
            new ReadOnlySpan<float>(Rows + ((long)Checked(Indices[part], Count) * Length), Length).CopyTo(new Span<float>(Y + ((long)part * Length), Length));
    }
}
