using System.Diagnostics;
using CudaNoisy.Training.TensorBoard;

namespace CudaNoisy.Training;

/// <summary>A run's tables, events, ledger and accuracies so far.</summary>
public sealed class RunRecords
{
    private readonly RunFolder _folder;
    private readonly TrainingData _data;
    private readonly Network _network;
    private readonly WeightNet? _weightNet;
    private readonly KeptAndChanged _losses = new();
    private readonly KeptAndChanged _weights = new();
    private readonly Selection _selection = new();
    private readonly SampleLedger _ledger;
    private readonly Stopwatch _clock = new();
    private readonly int[] _rowOf;
    private readonly Lazy<MetricsLog> _metrics;
    private readonly Lazy<MetricsLog> _timing;
    private readonly Lazy<WeightCurve> _curve;
    private readonly Lazy<EventLog> _events;
    private double _lossSum;
    private double _accuracySum;
    private long _steps;

    /// <summary>Empty records. Files are opened when the first row is written: after a checkpoint, if any, has said where they go on.</summary>
    public RunRecords(RunFolder folder, TrainingData data, Network network, WeightNet? weightNet)
    {
        _folder = folder;
        _data = data;
        _network = network;
        _weightNet = weightNet;
        _metrics = new(() => new MetricsLog(
            folder, MetricsLog.MetricsName, "step", "lr", "train_loss", "train_acc", "meta_loss", "weight", "weight_kept", "weight_changed", "weight_auc", "val_loss", "val_acc", "test_loss", "test_acc", "knn_acc"));
        _timing = new(() => new MetricsLog(folder, MetricsLog.TimingName, "step", "seconds", "images_per_second"));
        _curve = new(() => new WeightCurve(folder));
        _events = new(() => new EventLog(folder));
        _rowOf = new int[data.Train.Count];
        for (var row = 0; row < data.Split.Train.Length; row++)
            _rowOf[data.Split.Train[row]] = row;
        _ledger = new SampleLedger(
            Array.ConvertAll(data.Split.Train, i => data.Given[i]), Array.ConvertAll(data.Split.Train, i => data.Train.Labels[i]), row => data.Train.Ids[data.Split.Train[row]]);
    }

    /// <summary>Whether the latest evaluation has the best validation accuracy so far; without validation images every evaluation has.</summary>
    public bool IsBest { get; private set; }

    /// <summary>The accuracies so far.</summary>
    public RunResult Result => _selection.Result(_folder.FolderPath);

    /// <summary>Adds steps; returns the latest mean loss.</summary>
    /// <exception cref="TrainingException">A loss is not finite.</exception>
    public double AddSteps(IReadOnlyList<LoggedStep> steps, int metaBatch, Func<long, double> rate)
    {
        if (steps.Count == 0)
            return double.NaN;
        foreach (var step in steps)
            Add(step);
        var last = steps[^1];
        var loss = steps.Average(s => (double)s.Loss);
        var row = new List<Metric>
        {
            new("step", last.Step + 1),
            new("lr", rate(last.Step)),
            new("train_loss", loss),
            new("train_acc", steps.Average(s => (double)s.Accuracy)),
        };
        if (last.Weights.Length > 0)
        {
            row.Add(new("meta_loss", steps.Average(s => (double)s.MetaLossSum / metaBatch)));
            row.Add(new("weight", steps.Average(s => s.Weights.Average(w => (double)w))));
        }

        Write(_metrics, last.Step + 1, row);
        AddTime(last.Step + 1, steps.Sum(s => s.Indices.Length));
        return loss;
    }

    /// <summary>Adds an evaluation.</summary>
    public EvaluationRow AddEvaluation(long step, double rate, Evaluation validation, Evaluation test, double neighbours)
    {
        var hasValidation = validation.Labels.Length > 0;
        IsBest = _selection.Add(step, hasValidation ? validation.Accuracy : null, test.Accuracy);
        var weighted = _weightNet is not null;
        var row = new EvaluationRow(
            step, rate, _lossSum / _steps, _accuracySum / _steps, validation.Accuracy, test.Accuracy,
            weighted ? _weights.MeanKept : double.NaN, weighted ? _weights.MeanChanged : double.NaN, weighted ? _weights.Auc() : double.NaN, neighbours);
        var metrics = new List<Metric> { new("step", step), new("test_loss", test.Loss), new("test_acc", test.Accuracy) };
        if (hasValidation)
            metrics.AddRange([new("val_loss", validation.Loss), new("val_acc", validation.Accuracy)]);
        if (!double.IsNaN(neighbours))
            metrics.Add(new("knn_acc", neighbours));
        if (weighted)
            metrics.AddRange([new("weight_kept", row.WeightKept), new("weight_changed", row.WeightChanged), new("weight_auc", row.WeightAuc)]);
        Write(_metrics, step, metrics);
        if (_weightNet is not null)
            _curve.Value.Add(step, _weightNet, _events.Value);
        _events.Value.Histograms(step, Histograms());
        new ConfusionTable(_data.Train.ClassNames, test.Confusion(_data.Train.ClassNames.Count)).Write(_folder.PathOf(RunFolder.ConfusionFile));
        (_lossSum, _accuracySum, _steps) = (0, 0, 0);
        _losses.Clear();
        _weights.Clear();
        _clock.Restart();
        return row;
    }

    /// <summary>Writes the ledger with the final predictions.</summary>
    public void Finish(Evaluation train)
    {
        _ledger.AddPredictions([.. Enumerable.Range(0, _data.Split.Train.Length)], train.Predictions, train.Probabilities);
        SampleTable.Write(_folder.PathOf(RunFolder.SamplesFile), _ledger);
    }

    /// <summary>Adds the records to a checkpoint, what is pending for the next evaluation included.</summary>
    public void Save(CheckpointWriter checkpoint)
    {
        checkpoint.Add("pending", [_lossSum, _accuracySum, _steps]);
        _losses.Save(checkpoint, "pending/losses");
        _weights.Save(checkpoint, "pending/weights");
        _selection.Save(checkpoint);
        _ledger.Save(checkpoint);
    }

    /// <summary>Takes the records from a checkpoint.</summary>
    public void Restore(CheckpointReader checkpoint)
    {
        var pending = new double[3];
        checkpoint.Read("pending", pending);
        (_lossSum, _accuracySum, _steps) = (pending[0], pending[1], (long)pending[2]);
        _losses.Load(checkpoint, "pending/losses");
        _weights.Load(checkpoint, "pending/weights");
        _selection.Load(checkpoint);
        _ledger.Load(checkpoint);
    }

    private void Add(LoggedStep step)
    {
        if (!float.IsFinite(step.Loss) || !float.IsFinite(step.MetaLossSum))
        {
            throw new TrainingException(
                $"step {step.Step + 1}: the {(float.IsFinite(step.MetaLossSum) ? "training" : "meta")} loss is not finite; the last checkpoint is as it was. A lower --lr may help.");
        }

        _lossSum += step.Loss;
        _accuracySum += step.Accuracy;
        _steps++;
        _losses.Add(step.Indices, step.Losses, _data.Given, _data.Train.Labels);
        _weights.Add(step.Indices, step.Weights, _data.Given, _data.Train.Labels);
        var unknown = new float[step.Indices.Length];
        Array.Fill(unknown, float.NaN);
        _ledger.Add(Array.ConvertAll(step.Indices, i => _rowOf[i]), step.Predictions, unknown, step.Losses, step.Weights);
    }

    /// <summary>The first steps of a process, which also make things ready, are not timed.</summary>
    private void AddTime(long step, int images)
    {
        var seconds = _clock.Elapsed.TotalSeconds;
        if (_clock.IsRunning)
            Write(_timing, step, [new("step", step), new("seconds", seconds), new("images_per_second", images / seconds)]);
        _clock.Restart();
    }

    private void Write(Lazy<MetricsLog> table, long step, List<Metric> row)
    {
        table.Value.Write([.. row]);
        _events.Value.Scalars(step, row);
    }

    private IEnumerable<(string Tag, float[] Values)> Histograms()
    {
        yield return ("sample_losses/kept", [.. _losses.Kept]);
        yield return ("sample_losses/changed", [.. _losses.Changed]);
        yield return ("sample_losses/unknown", [.. _losses.Unknown]);
        yield return ("sample_weights/kept", [.. _weights.Kept]);
        yield return ("sample_weights/changed", [.. _weights.Changed]);
        yield return ("sample_weights/unknown", [.. _weights.Unknown]);
        for (var i = 0; i < _network.Values.Layout.Slices.Count; i++)
        {
            if (_network.Values.Layout.Slices[i].Dims.Count > 1)
                yield return ("parameters/" + _network.Values.Layout.Slices[i].Name, _network.Values[i].ToArray());
        }
    }
}
