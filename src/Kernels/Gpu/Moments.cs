namespace CudaNoisy.Kernels.Gpu;

/// <summary>Count, mean and sum of squared deviations of some samples.</summary>
/// <param name="Count">Samples.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Squares">The sum of their squared deviations from it.</param>
/// <remarks>Merging: Chan, Golub and LeVeque 1979. Nothing cancels, however far the mean is from zero.</remarks>
public readonly record struct Moments(float Count, float Mean, float Squares)
{
    /// <summary>Those of both sets of samples.</summary>
    public Moments With(Moments other)
    {
        var count = Count + other.Count;
        if (count == 0)
            return this;
        var share = other.Count / count;
        var distance = other.Mean - Mean;
        return new Moments(count, Mean + (distance * share), Squares + other.Squares + (distance * distance * Count * share));
    }
}
