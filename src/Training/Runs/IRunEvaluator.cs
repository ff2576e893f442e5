namespace CudaNoisy.Training;

/// <summary>Says what a run's network makes of sets of images.</summary>
internal interface IRunEvaluator : IDisposable
{
    /// <summary>Makes ready for the network as it is now.</summary>
    void Prepare(CancellationToken cancel);

    /// <summary>Evaluates some images of a set.</summary>
    /// <param name="images">The set.</param>
    /// <param name="labels">One label an image of the set.</param>
    /// <param name="indices">The images.</param>
    /// <param name="cancel">Stops between batches.</param>
    Evaluation Run(DeviceImages images, int[] labels, int[] indices, CancellationToken cancel);

    /// <summary>20-NN accuracy on the images of the latest <see cref="Run"/>; NaN where there is none.</summary>
    double NeighbourAccuracy(CancellationToken cancel);
}
