namespace CudaNoisy.Training;

/// <summary>The learning rate as a function of the number of optimizer steps already taken.</summary>
public abstract class Schedule
{
    /// <summary>The rate of the step that follows <paramref name="step"/> steps.</summary>
    public abstract double Rate(long step);
}
