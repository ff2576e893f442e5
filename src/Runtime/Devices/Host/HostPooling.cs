using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Pooling and subsampling, one part an image.</summary>
internal sealed unsafe class HostPooling(HostThreads threads) : IPooling
{
    private enum Pass
    {
        MaxForward,
        MaxBackward,
        MaxJvp,
        AverageForward,
        AverageBackward,
    }

    public void MaxForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y, DeviceView<int> indices) => Run(Pass.MaxForward, shape, x, y, indices);

    public void MaxBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<int> indices, DeviceView<float> dx, bool accumulate) =>
        Run(Pass.MaxBackward, shape, dx, dy, indices, accumulate);

    public void MaxJvp(in Pool2dShape shape, DeviceView<float> xDot, DeviceView<int> indices, DeviceView<float> yDot) => Run(Pass.MaxJvp, shape, xDot, yDot, indices);

    public void AverageForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y) => Run(Pass.AverageForward, shape, x, y, default);

    public void AverageBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => Run(Pass.AverageBackward, shape, dx, dy, default, accumulate);

    public void Subsample(in SubsampleShape shape, DeviceView<float> x, DeviceView<float> y) =>
        threads.Run(shape.N, new SubsampleJob { Shape = shape, X = HostView.Pointer(x, shape.InputLength), Y = HostView.Pointer(y, shape.OutputLength) });

    public void SubsampleBackward(in SubsampleShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => threads.Run(shape.N, new SubsampleJob
    {
        Shape = shape,
        X = HostView.Pointer(dx, shape.InputLength),
        Y = HostView.Pointer(dy, shape.OutputLength),
        Backward = true,
        Accumulate = accumulate,
    });

    private void Run(Pass pass, in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y, DeviceView<int> indices, bool accumulate = false) => threads.Run(shape.N, new PoolJob
    {
        Pass = pass,
        Shape = shape,
        X = HostView.Pointer(x, shape.InputLength),
        Y = HostView.Pointer(y, shape.OutputLength),
        Indices = HostView.Pointer(indices, indices.IsEmpty ? 0 : shape.OutputLength),
        Accumulate = accumulate,
    });

    private struct PoolJob : IHostJob
    {
        public Pass Pass;
        public Pool2dShape Shape;
        public float* X;
        public float* Y;
        public int* Indices;
        public bool Accumulate;

        public readonly void Execute(int part, int worker)
        {
            var inputs = (long)Shape.H * Shape.W * Shape.C;
            var outputs = (long)Shape.P * Shape.Q * Shape.C;
            var x = X + (part * inputs);
            var y = Y + (part * outputs);
            var indices = Indices is null ? null : Indices + (part * outputs);
            if (Pass is Pass.MaxBackward or Pass.AverageBackward && !Accumulate)
                new Span<float>(x, (int)inputs).Clear();
            switch (Pass)
            {
                case Pass.MaxForward:
                    PoolImages.MaxForward(Shape, x, y, indices);
                    break;
                case Pass.MaxBackward:
                    PoolImages.MaxBackward(Shape, y, indices, x);
                    break;
                case Pass.MaxJvp:
                    PoolImages.MaxJvp(Shape, x, indices, y);
                    break;
                case Pass.AverageForward:
                    PoolImages.AverageForward(Shape, x, y);
                    break;
                default:
                    PoolImages.AverageBackward(Shape, y, x);
                    break;
            }
        }
    }

    private struct SubsampleJob : IHostJob
    {
        public SubsampleShape Shape;
        public float* X;
        public float* Y;
        public bool Backward;
        public bool Accumulate;

        public readonly void Execute(int part, int worker)
        {
            var x = X + ((long)part * Shape.H * Shape.W * Shape.C);
            var y = Y + ((long)part * Shape.P * Shape.Q * Shape.K);
            if (Backward)
                PoolImages.SubsampleBackward(Shape, y, x, Accumulate);
            else
                PoolImages.Subsample(Shape, x, y);
        }
    }
}
