using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A run's tables, ledger and accuracies so far.</summary>
public sealed class RunRecords
{
    private const int CurvePoints = 32;
    private readonly RunFolder _folder;
    private readonly TrainingData _data;
    private readonly WeightNet? _weightNet;
    private readonly Device _device;
    private readonly KeptAndChanged _weights = new();
    private readonly SampleLedger _ledger;
    private readonly int[] _rowOf;
    private MetricsLog? _metrics;
    private MetricsLog? _curve;
    private double _lossSum;
    private double _accuracySum;
    private long _steps;
    private double _bestValidation = double.NegativeInfinity;
    private double _last = double.NaN;
    private double _selected = double.NaN;
    private double _best = double.NegativeInfinity;
    private long _selectedStep;

    /// <summary>Empty records.</summary>
    public RunRecords(RunFolder folder, TrainOptions options, TrainingData data, WeightNet? weightNet, Device device)
    {
        _folder = folder;
        _data = data;
        _weightNet = weightNet;
        _device = device;
        HasValidation = data.Split.Validation.Length > 0;
        _rowOf = new int[data.Train.Count];
        for (var row = 0; row < data.Split.Train.Length; row++)
            _rowOf[data.Split.Train[row]] = row;
        _ledger = new SampleLedger(
            Array.ConvertAll(data.Split.Train, i => data.Given[i]), Array.ConvertAll(data.Split.Train, i => data.Train.Labels[i]), row => data.Train.Ids[data.Split.Train[row]]);
    }

    /// <summary>Whether the latest evaluation has the best validation accuracy so far; without validation images every evaluation has.</summary>
    public bool IsBest { get; private set; }

    /// <summary>The accuracies so far.</summary>
    public RunResult Result => new(_last, _selected, _best, _selectedStep, _folder.FolderPath);

    private bool HasValidation { get; }

    private MetricsLog Metrics => _metrics ??= new MetricsLog(
        _folder, MetricsLog.MetricsName, "step", "lr", "train_loss", "train_acc", "meta_loss", "weight", "weight_kept", "weight_changed", "weight_auc", "val_loss", "val_acc", "test_loss", "test_acc");

    private MetricsLog Curve => _curve ??= new MetricsLog(_folder, "vnet", ["step", .. Enumerable.Range(0, CurvePoints).Select(i => FormattableString.Invariant($"v({CurveLoss(i):0.###})"))]);

    /// <summary>Adds steps; returns the latest mean loss.</summary>
    /// <exception cref="TrainingException">A loss is not finite.</exception>
    public double AddSteps(IReadOnlyList<LoggedStep> steps, int metaBatch, Func<long, double> rate)
    {
        if (steps.Count == 0)
            return double.NaN;
        foreach (var step in steps)
        {
            if (!float.IsFinite(step.Loss) || !float.IsFinite(step.MetaLossSum))
            {
                throw new TrainingException(
                    $"step {step.Step + 1}: the {(float.IsFinite(step.MetaLossSum) ? "training" : "meta")} loss is not finite; the last checkpoint is as it was. A lower --lr may help.");
            }

            _lossSum += step.Loss;
            _accuracySum += step.Accuracy;
            _steps++;
            _weights.Add(step.Indices, step.Weights, _data.Given, _data.Train.Labels);
            var unknown = new float[step.Indices.Length];
            Array.Fill(unknown, float.NaN);
            _ledger.Add(Array.ConvertAll(step.Indices, i => _rowOf[i]), step.Predictions, unknown, step.Losses, step.Weights);
        }

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

        Metrics.Write([.. row]);
        return loss;
    }

    /// <summary>Adds an evaluation.</summary>
    public EvaluationRow AddEvaluation(long step, double rate, Evaluation validation, Evaluation test)
    {
        IsBest = !HasValidation || validation.Accuracy > _bestValidation;
        if (IsBest)
            (_bestValidation, _selected, _selectedStep) = (validation.Accuracy, test.Accuracy, step);
        _last = test.Accuracy;
        _best = Math.Max(_best, _last);
        var weighted = _weightNet is not null;
        var row = new EvaluationRow(
            step, rate, _lossSum / _steps, _accuracySum / _steps, validation.Accuracy, test.Accuracy,
            weighted ? _weights.MeanKept : double.NaN, weighted ? _weights.MeanChanged : double.NaN, weighted ? _weights.Auc() : double.NaN);
        var metrics = new List<Metric> { new("step", step), new("test_loss", test.Loss), new("test_acc", test.Accuracy) };
        if (HasValidation)
            metrics.AddRange([new("val_loss", validation.Loss), new("val_acc", validation.Accuracy)]);
        if (weighted)
        {
            metrics.AddRange([new("weight", _weights.Mean), new("weight_kept", row.WeightKept), new("weight_changed", row.WeightChanged), new("weight_auc", row.WeightAuc)]);
            WriteCurve(step);
        }

        Metrics.Write([.. metrics]);
        (_lossSum, _accuracySum, _steps) = (0, 0, 0);
        _weights.Clear();
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
        checkpoint.Add("accuracies", [_bestValidation, _last, _selected, _best, _selectedStep]);
        checkpoint.Add("pending", [_lossSum, _accuracySum, _steps]);
        _weights.Save(checkpoint, "pending/weights");
        _ledger.Save(checkpoint);
    }

    /// <summary>Takes the records from a checkpoint.</summary>
    public void Restore(CheckpointReader checkpoint)
    {
        var values = checkpoint.GetDoubles("accuracies");
        (_bestValidation, _last, _selected, _best, _selectedStep) = (values[0], values[1], values[2], values[3], (long)values[4]);
        var pending = checkpoint.GetDoubles("pending");
        (_lossSum, _accuracySum, _steps) = (pending[0], pending[1], (long)pending[2]);
        _weights.Load(checkpoint, "pending/weights");
        _ledger.Load(checkpoint);
    }

    /// <summary>The curve's losses: evenly spaced from 0 to 10.</summary>
    private static double CurveLoss(int point) => 10.0 * point / (CurvePoints - 1);

    private void WriteCurve(long step)
    {
        using var losses = _device.Allocate<float>(CurvePoints);
        using var values = _device.Allocate<float>(CurvePoints);
        losses.CopyFrom([.. Enumerable.Range(0, CurvePoints).Select(i => (float)CurveLoss(i))]);
        _weightNet!.Forward(CurvePoints, losses.View, values.View);
        var curve = values.View.ToArray();
        Curve.Write([new("step", step), .. curve.Select((v, i) => new Metric(FormattableString.Invariant($"v({CurveLoss(i):0.###})"), v))]);
    }
}
