namespace CudaNoisy.Training;

/// <summary>What a schedule is made of.</summary>
/// <param name="Rate">The base rate.</param>
/// <param name="Iterations">Optimizer steps in all, T.</param>
/// <param name="Warmup">Share of them that warm up, in [0, 1].</param>
/// <param name="StepSize">Steps between two drops of the <c>step</c> schedule.</param>
/// <param name="Gamma">Factor of one drop.</param>
public sealed record ScheduleOptions(double Rate, long Iterations, double Warmup = 0, long StepSize = 1, double Gamma = 0.1);
