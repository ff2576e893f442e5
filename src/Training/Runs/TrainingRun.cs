using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A training run from data to model file, with its records and checkpoints.</summary>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingInputs _inputs;
    private readonly TrainOptions _options;
    private readonly RunFolder _folder;
    private readonly IRunObserver _observer;
    private readonly Device _device;
    private readonly TrainingData _data;
    private readonly Network _network;
    private readonly Optimizer _optimizer;
    private readonly Schedule _schedule;
    private readonly DeviceImages _trainImages;
    private readonly DeviceImages _testImages;
    private readonly RunMethod _method;
    private readonly StepLog _log;
    private readonly RunRecords _records;
    private readonly RunState _state;

    private TrainingRun(TrainingInputs inputs, RunFolder folder, IRunObserver observer, CheckpointReader? resumeFrom)
    {
        var options = inputs.Options;
        var model = inputs.Model;
        _inputs = inputs;
        _options = options;
        _folder = folder;
        _observer = observer;
        _device = inputs.Device;
        _data = inputs.Data;
        foreach (var warning in inputs.Warnings)
            observer.Say(warning);
        observer.Say($"{_device.Id}: {_device.Description}; {model.ParameterCount:N0} parameters; {_data.Split.Train.Length:N0} training, " +
            $"{_data.Split.Validation.Length:N0} validation, {_data.Test.Count:N0} test images; {Changed}");
        _network = new Network(_device, model);
        _optimizer = OptimizerRegistry.Create(
            options.Optimizer, _device, _network.Values, _network.Gradients, new OptimizerOptions(options.WeightDecay, options.Momentum, options.Problem == "supervised"));
        _schedule = ScheduleRegistry.Create(options.Schedule, new ScheduleOptions(options.Rate, options.Iterations, options.Warmup, options.StepSize, options.Gamma));
        (_trainImages, _testImages) = inputs.Images();
        _method = RunMethod.Create(inputs, _network, _optimizer, _trainImages);
        _log = new StepLog(_device, options.LogEvery, _method.Train.Indices.Length);
        _records = new RunRecords(folder, _data, _network, _method.WeightNet);
        _state = new RunState(options, _network, _optimizer, _method.WeightNet, _log, _records, folder);
        if (resumeFrom is not null)
        {
            foreach (var warning in _state.Restore(resumeFrom))
                observer.Say(warning);
            observer.Say($"going on from step {Step} of {options.Iterations} ({resumeFrom.FilePath})");
        }

        RunSession.Now(_device, Step).Append(folder);
    }

    /// <summary>Loads everything and goes on from the folder's last checkpoint; where there is none the run begins.</summary>
    /// <param name="inputs">Options, device, data and model; they are the caller's to dispose.</param>
    /// <param name="folder">The run's folder, without records opened.</param>
    /// <param name="observer">Hears how it goes.</param>
    /// <exception cref="RecordException">The checkpoint is not this run's, or damaged without an older one.</exception>
    public static TrainingRun Open(TrainingInputs inputs, RunFolder folder, IRunObserver observer)
    {
        if (!folder.Checkpoints.Has(CheckpointStore.Last))
            return new TrainingRun(inputs, folder, observer, null);
        using var checkpoint = folder.Checkpoints.Open(CheckpointStore.Last, out var warning);
        var losses = folder.Rewind(checkpoint);
        if (warning is not null)
            observer.Say(warning);
        foreach (var line in losses)
            observer.Say(line);
        return new TrainingRun(inputs, folder, observer, checkpoint);
    }

    private string Changed => _data.CountChanged() switch
    {
        (0, _) => "true labels are not known",
        var (known, changed) => $"{(double)changed / known:P1} of the {(known == _data.Split.Train.Length ? "training" : $"{known:N0} known")} labels changed",
    };

    /// <summary>Steps taken.</summary>
    public long Step => _state.Step;

    private bool IsEvaluationDue => Step != _state.Evaluated && (Step % _options.EvaluateEvery == 0 || Step == _options.Iterations);

    private bool IsKeepDue => Step > 0 && _options.SaveEvery > 0 && Step % _options.SaveEvery == 0;

    /// <summary>Trains to the end.</summary>
    /// <param name="cancel">Stops between two steps, or in the middle of an evaluation, and saves a checkpoint to go on from.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; the checkpoint is whole.</exception>
    /// <exception cref="TrainingException">A loss is not finite.</exception>
    /// <exception cref="RecordException">The disk is full or the folder cannot be written; the last checkpoint is intact.</exception>
    public RunResult Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                if (IsEvaluationDue)
                    Evaluate(cancel);
                if (IsKeepDue)
                    Keep();
                if (Step == _options.Iterations)
                    return Finish(cancel);
                cancel.ThrowIfCancellationRequested();
                TakeStep();
            }
        }
        catch (OperationCanceledException)
        {
            _folder.Checkpoints.Save(CheckpointStore.Last, _state.Save);
            RunReport.Write(_folder.FolderPath);
            throw;
        }
        catch (TrainingException)
        {
            RunReport.Write(_folder.FolderPath);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _method.Dispose();
        _testImages.Dispose();
        _trainImages.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private void TakeStep()
    {
        var train = _method.Train.Next(Step);
        var meta = _method.Meta is { } feed && _method.Method.NeedsMetaBatch(Step) ? feed.Next(Step / _options.Meta.MetaEvery) : default;
        _method.Method.Step(Step, _schedule.Rate(Step), train, meta, _log.Next(Step, _method.Train.Indices));
        _state.Step++;
        if (_log.IsFull || IsEvaluationDue)
            _observer.Progress(Step, _options.Iterations, _records.AddSteps(_log.Read(_method.WeightNet is not null), _options.MetaBatchSize, s => _schedule.Rate(s)));
    }

    private void Evaluate(CancellationToken cancel)
    {
        _method.Evaluator.Prepare(cancel);
        var validation = _method.Evaluator.Run(_trainImages, _data.Given, _data.Split.Validation, cancel);
        var test = _method.Evaluator.Run(_testImages, _data.Test.Labels, [.. Enumerable.Range(0, _data.Test.Count)], cancel);
        var row = _records.AddEvaluation(Step, _schedule.Rate(Step - 1), validation, test, _method.Evaluator.NeighbourAccuracy(cancel));
        _state.Evaluated = Step;
        _observer.Evaluated(row);
        if (_records.IsBest)
            _folder.Checkpoints.Save(CheckpointStore.Best, _state.Save);
        _folder.Checkpoints.Save(CheckpointStore.Last, _state.Save);
    }

    private void Keep()
    {
        _folder.Checkpoints.Keep(Step, _state.Save);
        if (_state.Evaluated != Step)
            _folder.Checkpoints.Save(CheckpointStore.Last, _state.Save);
    }

    private RunResult Finish(CancellationToken cancel)
    {
        var train = _method.Evaluator.Run(_trainImages, _data.Given, _data.Split.Train, cancel);
        _records.Finish(train);
        var trained = _network.ToModel();
        if (_options.IsPretraining && _inputs.Encoder is { } encoder)
            EncoderCard.Write(_folder, _inputs, encoder, trained);
        if (_options.Problem != TrainOptions.Simclr)
            AtomicFile.WriteBytes(_folder.PathOf(RunFolder.ModelFile), _inputs.ToClassifier(trained));
        if (_method.Train.Waited > TimeSpan.FromSeconds(1))
            _observer.Say(string.Create(CultureInfo.InvariantCulture, $"training waited {_method.Train.Waited.TotalSeconds:F0} s for images in all; more --workers may help"));
        RunReport.Write(_folder.FolderPath);
        return _records.Result;
    }
}
