namespace CudaNoisy.Training;

/// <summary>Test accuracies so far: the last, the one selected on validation, the best.</summary>
internal sealed class Selection
{
    private const string Section = "accuracies";
    private double _bestValidation = double.NegativeInfinity;
    private double _last = double.NaN;
    private double _selected = double.NaN;
    private double _best = double.NegativeInfinity;
    private long _selectedStep;

    /// <summary>Adds an evaluation.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="validation">Accuracy on validation; null without such images: then every evaluation is selected.</param>
    /// <param name="test">Accuracy on test.</param>
    /// <returns>Whether it is selected.</returns>
    public bool Add(long step, double? validation, double test)
    {
        _last = test;
        _best = Math.Max(_best, test);
        if (validation <= _bestValidation)
            return false;
        (_bestValidation, _selected, _selectedStep) = (validation ?? _bestValidation, test, step);
        return true;
    }

    /// <summary>The accuracies.</summary>
    public RunResult Result(string folder) => new(_last, _selected, _best, _selectedStep, folder);

    /// <summary>Adds them to a checkpoint.</summary>
    public void Save(CheckpointWriter checkpoint) => checkpoint.Add(Section, [_bestValidation, _last, _selected, _best, _selectedStep]);

    /// <summary>Takes them from a checkpoint.</summary>
    public void Load(CheckpointReader checkpoint)
    {
        var values = new double[5];
        checkpoint.Read(Section, values);
        (_bestValidation, _last, _selected, _best, _selectedStep) = (values[0], values[1], values[2], values[3], (long)values[4]);
    }
}
