namespace CudaNoisy.Training;

/// <summary>Hears how a run goes on.</summary>
public interface IRunObserver
{
    /// <summary>A line for people: what is loaded, a warning.</summary>
    void Say(string line);

    /// <summary>Steps were taken.</summary>
    /// <param name="step">Steps taken so far.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="loss">The latest mean loss.</param>
    void Progress(long step, long total, double loss);

    /// <summary>An evaluation is done.</summary>
    void Evaluated(EvaluationRow row);
}
