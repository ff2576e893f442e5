namespace CudaNoisy.Training;

/// <summary>lr at every step.</summary>
internal sealed class ConstantSchedule(ScheduleOptions options) : Schedule
{
    public override double Rate(long step) => options.Rate;
}

/// <summary>lr max(1 - s/T, 0).</summary>
internal sealed class LinearSchedule(ScheduleOptions options) : Schedule
{
    public override double Rate(long step) => options.Rate * Math.Max(1 - ((double)step / options.Iterations), 0);
}

/// <summary>lr gamma^floor(s/step_size).</summary>
internal sealed class StepSchedule(ScheduleOptions options) : Schedule
{
    public override double Rate(long step) => options.Rate * Math.Pow(options.Gamma, step / options.StepSize);
}

/// <summary>W = int(warmup*T); lr/(W+1) at s = 0, lr(s+1)/(W+1) up to s = W; then lr, or lr(1 + cos(pi (s-W)/(T-W)))/2 where it anneals.</summary>
internal sealed class WarmupSchedule(ScheduleOptions options, bool anneal) : Schedule
{
    private readonly long _warmup = (long)(options.Warmup * options.Iterations);

    public override double Rate(long step)
    {
        if (step <= _warmup)
            return options.Rate * (step + 1) / (_warmup + 1);
        return anneal
            ? options.Rate * (1 + Math.Cos(Math.PI * (step - _warmup) / (options.Iterations - _warmup))) / 2
            : options.Rate;
    }
}
