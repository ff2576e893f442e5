using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Optimizer updates, blocks of 64 parameters with one weight-decay coefficient each.</summary>
internal sealed unsafe class HostOptimizers(HostDevice device) : IOptimizers
{
    private const int Block = 64;
    private const long BlocksPerPart = 256;

    public void Sgd(DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, float rate, float momentum, bool nesterov, bool first) =>
        Run(new UpdateJob
        {
            Theta = HostView.Pointer(theta, 0),
            Gradient = HostView.Pointer(gradient, theta.Length),
            First = HostView.Pointer(velocity, theta.Length),
            Decay = HostView.Pointer(decay, theta.Length / Block),
            Rate = rate,
            Momentum = first ? 0 : momentum,
            Lookahead = nesterov ? momentum : 0,
            Nesterov = nesterov,
            Blocks = theta.Length / Block,
        });

    public void Adam(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> m, DeviceView<float> v, DeviceView<float> decay, float rate, float beta1, float beta2, float epsilon, int step) =>
        Run(new UpdateJob
        {
            Theta = HostView.Pointer(theta, 0),
            Gradient = HostView.Pointer(gradient, theta.Length),
            First = HostView.Pointer(m, theta.Length),
            Second = HostView.Pointer(v, theta.Length),
            Decay = HostView.Pointer(decay, theta.Length / Block),
            Rate = (float)(rate / (1 - Math.Pow(beta1, step))),
            Momentum = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            Correction = (float)Math.Sqrt(1 - Math.Pow(beta2, step)),
            Blocks = theta.Length / Block,
        });

    public void Lars(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, DeviceView<int> slices, DeviceView<float> adapt, float rate, float momentum, float trust)
    {
        var job = new LarsJob
        {
            Theta = HostView.Pointer(theta, 0),
            Gradient = HostView.Pointer(gradient, theta.Length),
            Velocity = HostView.Pointer(velocity, theta.Length),
            Decay = HostView.Pointer(decay, theta.Length / Block),
            Slices = HostView.Pointer(slices, slices.Length),
            Adapt = HostView.Pointer(adapt, slices.Length / 2),
            Rate = rate,
            Momentum = momentum,
            Trust = trust,
        };
        device.Threads.Run((int)(slices.Length / 2), job);
    }

    private void Run(UpdateJob job) => device.Threads.Run(Partition.Parts(job.Blocks, BlocksPerPart), job);

    private struct UpdateJob : IHostJob
    {
        public float* Theta;
        public float* Gradient;
        public float* First;
        public float* Second;
        public float* Decay;
        public float Rate;
        public float Momentum;
        public float Lookahead;
        public bool Nesterov;
        public float Beta2;
        public float Epsilon;
        public float Correction;
        public long Blocks;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Blocks, BlocksPerPart);
            for (var block = first; block < first + count; block++)
            {
                var at = block * Block;
                if (Second is null)
                    OptimizerBlocks.Sgd(Theta + at, Gradient + at, First + at, Decay[block], Rate, Momentum, Nesterov, Lookahead, Block);
                else
                    OptimizerBlocks.Adam(Theta + at, Gradient + at, First + at, Second + at, Decay[block], Rate, Momentum, Beta2, Epsilon, Correction, Block);
            }
        }
    }

    private struct LarsJob : IHostJob
    {
        public float* Theta;
        public float* Gradient;
        public float* Velocity;
        public float* Decay;
        public int* Slices;
        public float* Adapt;
        public float Rate;
        public float Momentum;
        public float Trust;

        public readonly void Execute(int part, int worker)
        {
            var at = (long)Slices[2 * part] * Block;
            OptimizerBlocks.Lars(
                Theta + at, Gradient + at, Velocity + at, Decay[Slices[2 * part]], Adapt[part] != 0, Rate, Momentum, Trust, (long)Slices[(2 * part) + 1] * Block);
        }
    }
}
