using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>NT-Xent's passes, some rows a part.</summary>
internal sealed unsafe class HostContrastive(HostThreads threads) : IContrastive
{
    private const float SmallestNorm = 1e-12f;
    private const int RowsPerPart = 8;

    private enum Pass
    {
        Normalize,
        NormalizeBackward,
        Rows,
        Weights,
    }

    public void Normalize(int n, int length, DeviceView<float> x, DeviceView<float> z, DeviceView<float> inverse) => Run(new RowsJob
    {
        Pass = Pass.Normalize,
        Count = n,
        Length = length,
        X = HostView.Pointer(x, (long)n * length),
        Y = HostView.Pointer(z, (long)n * length),
        PerRow = HostView.Pointer(inverse, n),
    });

    public void NormalizeBackward(int n, int length, DeviceView<float> z, DeviceView<float> inverse, DeviceView<float> dz, DeviceView<float> dx) => Run(new RowsJob
    {
        Pass = Pass.NormalizeBackward,
        Count = n,
        Length = length,
        X = HostView.Pointer(z, (long)n * length),
        Dy = HostView.Pointer(dz, (long)n * length),
        Y = HostView.Pointer(dx, (long)n * length),
        PerRow = HostView.Pointer(inverse, n),
    });

    public void Rows(int first, int rows, int n, DeviceView<float> s, DeviceView<float> logSums, DeviceView<float> losses, DeviceView<int> nearest) => Run(new RowsJob
    {
        Pass = Pass.Rows,
        First = first,
        Count = rows,
        Length = n,
        X = HostView.Pointer(s, (long)rows * n),
        PerRow = HostView.Pointer(logSums, n),
        Y = HostView.Pointer(losses, n),
        Nearest = HostView.Pointer(nearest, n),
    });

    public void Weights(int first, int rows, int n, float scale, DeviceView<float> logSums, DeviceView<float> s) => Run(new RowsJob
    {
        Pass = Pass.Weights,
        First = first,
        Count = rows,
        Length = n,
        Scale = scale,
        X = HostView.Pointer(s, (long)rows * n),
        PerRow = HostView.Pointer(logSums, n),
    });

    private void Run(RowsJob job)
    {
        threads.EnsureWorkerScratch(job.Length);
        job.Scratch = threads.WorkerScratch;
        threads.Run(Partition.Parts(job.Count, RowsPerPart), job);
    }

    private struct RowsJob : IHostJob
    {
        public Pass Pass;
        public int First;
        public int Count;
        public int Length;
        public float Scale;
        public float* X;
        public float* Dy;
        public float* Y;
        public float* PerRow;
        public int* Nearest;
        public float** Scratch;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Count, RowsPerPart);
            for (var row = first; row < first + count; row++)
            {
                var x = X + (row * Length);
                var self = First + (int)row;
                switch (Pass)
                {
                    case Pass.Normalize:
                        PerRow[row] = ContrastiveRows.Normalize(x, Y + (row * Length), Length, SmallestNorm);
                        break;
                    case Pass.NormalizeBackward:
                        ContrastiveRows.NormalizeBackward(x, PerRow[row], Dy + (row * Length), Y + (row * Length), Length);
                        break;
                    case Pass.Rows:
                        (PerRow[self], Nearest[self]) = ContrastiveRows.Row(x, Length, self, Scratch[worker]);
                        Y[self] = PerRow[self] - x[(self + (Length / 2)) % Length];
                        break;
                    default:
                        ContrastiveRows.Weights(x, Length, self, Scale, PerRow, Scratch[worker]);
                        break;
                }
            }
        }
    }
}
