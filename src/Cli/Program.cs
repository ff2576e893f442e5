using System.Runtime.InteropServices;
using CommandLine;
using CudaNoisy.Cli;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

const int Success = 0;
const int Failure = 1;
const int BadInput = 2;
const int Interrupted = 130;

using var cancel = new CancellationTokenSource();

// Ctrl+C, or a scheduler's SIGTERM, stops a run at the next step with a checkpoint; the second one ends the process as it is.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    using var parser = new Parser(settings =>
    {
        settings.HelpWriter = null;
        settings.CaseInsensitiveEnumValues = true;
    });
    var parsed = parser.ParseArguments<TrainArguments, PretrainArguments, ResumeArguments, ReportArguments, DataArguments, ExportArguments, ExtractArguments, PredictArguments, EvalArguments, DevicesArguments, BenchArguments, AuditArguments, FixArguments, DiffArguments, SweepArguments>(TrainArguments.Rename(HelpRequest.First(args)));
    return parsed.MapResult(
        (TrainArguments a) => TrainCommand.Train(a, cancel.Token),
        (PretrainArguments a) => TrainCommand.Train(a, cancel.Token),
        (ResumeArguments a) => TrainCommand.Resume(a, cancel.Token),
        (ReportArguments a) => ReportCommand.Run(a),
        (DataArguments a) => DataCommand.Run(a),
        (ExportArguments a) => ExportCommand.Run(a),
        (ExtractArguments a) => ExtractCommand.Run(a, cancel.Token),
        (PredictArguments a) => PredictCommand.Predict(a, cancel.Token),
        (EvalArguments a) => PredictCommand.Evaluate(a, cancel.Token),
        (DevicesArguments _) => DevicesCommand.Run(),
        (BenchArguments a) => BenchCommand.Run(a),
        (AuditArguments a) => AuditCommand.Run(a, cancel.Token),
        (FixArguments a) => FixCommand.Run(a),
        (DiffArguments a) => DiffCommand.Run(a),
        (SweepArguments a) => SweepCommand.Run(a, cancel.Token),
        errors => ParseErrors.Report(parsed, [.. errors], Success, BadInput));
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("interrupted; what was saved is kept");
    return Interrupted;
}
catch (InputException e)
{
    Console.Error.WriteLine(e.Message);
    return BadInput;
}
catch (Exception e) when (e is TrainingException or RecordException or DeviceMemoryException or DeviceLimitException)
{
    Console.Error.WriteLine(e.Message);
    return Failure;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !cancel.IsCancellationRequested;
    cancel.Cancel();
}
