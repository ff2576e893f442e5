using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Softmax losses, a fixed number of rows a part.</summary>
internal sealed unsafe class HostSoftmaxLosses(HostThreads threads) : ISoftmaxLosses
{
    private const int RowsPerPart = 32;

    private enum Pass
    {
        Forward,
        Backward,
        Jvp,
        Softmax,
    }

    public void Forward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> losses, DeviceView<int> predictions)
        where TLoss : unmanaged, ISoftmaxLoss => Run(new RowsJob<TLoss>
        {
            Pass = Pass.Forward,
            Loss = loss,
            Rows = n,
            Classes = classes,
            Z = HostView.Pointer(z, (long)n * classes),
            Labels = HostView.Pointer(labels, n),
            Output = HostView.Pointer(losses, n),
            Predictions = HostView.Pointer(predictions, predictions.IsEmpty ? 0 : n),
        });

    public void Backward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> weights, float scale, DeviceView<float> dz)
        where TLoss : unmanaged, ISoftmaxLoss => Run(new RowsJob<TLoss>
        {
            Pass = Pass.Backward,
            Loss = loss,
            Rows = n,
            Classes = classes,
            Z = HostView.Pointer(z, (long)n * classes),
            Labels = HostView.Pointer(labels, n),
            Weights = HostView.Pointer(weights, weights.IsEmpty ? 0 : n),
            Scale = scale,
            Output = HostView.Pointer(dz, (long)n * classes),
        });

    public void Jvp<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> zDot, DeviceView<float> lossesDot)
        where TLoss : unmanaged, ISoftmaxLoss => Run(new RowsJob<TLoss>
        {
            Pass = Pass.Jvp,
            Loss = loss,
            Rows = n,
            Classes = classes,
            Z = HostView.Pointer(z, (long)n * classes),
            Labels = HostView.Pointer(labels, n),
            Weights = HostView.Pointer(zDot, (long)n * classes),
            Output = HostView.Pointer(lossesDot, n),
        });

    public void Softmax(int n, int classes, DeviceView<float> z, DeviceView<float> probabilities) => Run(new RowsJob<CrossEntropy>
    {
        Pass = Pass.Softmax,
        Rows = n,
        Classes = classes,
        Z = HostView.Pointer(z, (long)n * classes),
        Output = HostView.Pointer(probabilities, (long)n * classes),
    });

    public void Summarize(int n, DeviceView<float> losses, DeviceView<float> weights, DeviceView<int> predictions, DeviceView<int> labels, DeviceView<float> slot)
    {
        var l = HostView.Pointer(losses, n);
        var w = HostView.Pointer(weights, weights.IsEmpty ? 0 : n);
        var p = HostView.Pointer(predictions, n);
        var y = HostView.Pointer(labels, n);
        double weighted = 0, total = 0, sum = 0;
        var correct = 0;
        for (var i = 0; i < n; i++)
        {
            var weight = w is null ? 1 : w[i];
            weighted += (double)l[i] * weight;
            total += weight;
            sum += l[i];
            correct += p[i] == y[i] ? 1 : 0;
        }

        var target = HostView.Pointer(slot, 4);
        (target[0], target[1], target[2], target[3]) = ((float)weighted, correct, (float)total, (float)sum);
    }

    private void Run<TLoss>(RowsJob<TLoss> job)
        where TLoss : unmanaged, ISoftmaxLoss => threads.Run(Partition.Parts(job.Rows, RowsPerPart), job);

    private struct RowsJob<TLoss> : IHostJob
        where TLoss : unmanaged, ISoftmaxLoss
    {
        public Pass Pass;
        public TLoss Loss;
        public int Rows;
        public int Classes;
        public float* Z;
        public int* Labels;
        public float* Weights;
        public float Scale;
        public float* Output;
        public int* Predictions;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Rows, RowsPerPart);
            for (var row = first; row < first + count; row++)
            {
                var z = Z + (row * Classes);
                switch (Pass)
                {
                    case Pass.Forward:
                        Output[row] = SoftmaxRows.Forward(Loss, z, Classes, Labels[row]);
                        if (Predictions is not null)
                            Predictions[row] = SoftmaxRows.ArgMax(z, Classes);
                        break;
                    case Pass.Backward:
                        SoftmaxRows.Backward(Loss, z, Classes, Labels[row], Weights is null ? Scale : Scale * Weights[row], Output + (row * Classes));
                        break;
                    case Pass.Jvp:
                        Output[row] = SoftmaxRows.Jvp(Loss, z, Classes, Labels[row], Weights + (row * Classes));
                        break;
                    default:
                        SoftmaxRows.Softmax(z, Classes, Output + (row * Classes));
                        break;
                }
            }
        }
    }
}
