using System.Numerics.Tensors;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Matrix products through the convolutions' micro-kernels: a's rows are pixels, b is the filter.</summary>
internal sealed unsafe class HostMatrix(HostDevice device) : IMatrix
{
    private DeviceBuffer<float>? _transposed;

    public void Multiply(int m, int n, int k, float alpha, DeviceView<float> a, bool transposeA, DeviceView<float> b, bool transposeB, float beta, DeviceView<float> c)
    {
        var left = HostView.Pointer(a, (long)m * k);
        var target = HostView.Pointer(c, (long)m * n);
        if (transposeA)
            left = Transposed(left, k, m);
        if (beta is not (0 or 1))
            device.Threads.Run(m, new ScaleRows { C = target, Columns = n, Beta = beta });
        var product = new HostRowProduct
        {
            Window = new HostWindow(1, m, 1, k, 1, 1, 1, 1, 0, 0, m, 1),
            Tiling = HostTiling.Of(device.VectorBits, n),
            Scratch = device.Threads.WorkerScratch,
            X = left,
            Initial = beta == 0 ? null : target,
            Y = target,
            K = n,
            ImageStep = (long)m * n,
            RowStep = n,
            PixelStep = n,
            ChunkLength = HostRowProduct.ExactChunk,
        };
        var pack = new HostFilterPack
        {
            W = HostView.Pointer(b, (long)k * n),
            R = 1,
            S = 1,
            StepR = 1,
            StepS = 1,
            SourceS = 1,
            C = transposeB ? n : k,
            K = transposeB ? k : n,
            Transpose = transposeB,
            Scale = alpha,
        };
        HostRowProductRunner.Run(device, product, pack, null);
    }

    private float* Transposed(float* source, int rows, int columns)
    {
        if (_transposed is null || _transposed.Length < (long)rows * columns)
        {
            _transposed?.Dispose();
            _transposed = device.Allocate<float>((long)rows * columns);
        }

        var target = HostView.Pointer(_transposed.View, (long)rows * columns);
        device.Threads.Run((rows + TransposeBlocks.Size - 1) / TransposeBlocks.Size, new TransposeBlocks { Source = source, Target = target, Rows = rows, Columns = columns });
        return target;
    }

    private struct ScaleRows : IHostJob
    {
        public float* C;
        public int Columns;
        public float Beta;

        public readonly void Execute(int part, int worker)
        {
            var row = new Span<float>(C + ((long)part * Columns), Columns);
            TensorPrimitives.Multiply(row, Beta, row);
        }
    }

    private struct TransposeBlocks : IHostJob
    {
        public const int Size = 32;

        public float* Source;
        public float* Target;
        public int Rows;
        public int Columns;

        public readonly void Execute(int part, int worker)
        {
            var first = part * Size;
            Squares.Transpose(Source + ((long)first * Columns), Columns, Math.Min(Size, Rows - first), Columns, 1, Target + first, Rows);
        }
    }
}
