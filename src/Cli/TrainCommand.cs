using System.Globalization;
using CudaNoisy.Runtime;
using CudaNoisy.Training;
using Spectre.Console;

namespace CudaNoisy.Cli;

/// <summary>train and resume.</summary>
internal static class TrainCommand
{
    public static int Train(TrainArguments arguments, CancellationToken cancel)
    {
        var options = TrainOptions.From(arguments.Settings(), arguments.Config ?? "command line");
        if (options.Problem == TrainOptions.Simclr && arguments is not PretrainArguments)
            throw SettingsReader.Error("problem", "finetune, mwnet or supervised (for simclr: cudanoisy pretrain simclr)", options.Problem);
        using var inputs = TrainingInputs.Load(options, Console.Error.WriteLine, cancel);
        using var folder = CreateFolder(options, arguments.Overwrite);
        Console.Error.Write(options.Yaml);
        return Run(inputs, folder, cancel);
    }

    /// <summary>A folder that cannot be written is bad input here: nothing has been done yet.</summary>
    private static RunFolder CreateFolder(TrainOptions options, bool overwrite)
    {
        RunFolder? folder = null;
        try
        {
            folder = RunFolder.Create(options.Logs, options.Name, overwrite);
            folder.WriteConfig(options.Yaml);
            return folder;
        }
        catch (RecordException e)
        {
            folder?.Dispose();
            throw new InputException($"--logs {options.Logs}: a folder that can be written expected: {e.Message}", e);
        }
    }

    public static int Resume(ResumeArguments arguments, CancellationToken cancel)
    {
        using var folder = RunFolder.Open(arguments.Run);
        var settings = YamlSettings.Read(folder.PathOf(RunFolder.ConfigFile));
        var options = TrainOptions.From(settings, folder.PathOf(RunFolder.ConfigFile));
        using var inputs = TrainingInputs.Load(options, Console.Error.WriteLine, cancel);
        return Run(inputs, folder, cancel);
    }

    private static int Run(TrainingInputs inputs, RunFolder folder, CancellationToken cancel)
    {
        var observer = new ConsoleObserver(folder);
        RunResult? result = null;
        if (observer.Talk.Profile.Capabilities.Interactive && !Console.IsErrorRedirected)
        {
            observer.Talk.Progress().AutoClear(true).Start(bar =>
            {
                observer.Bar = bar;
                result = Work(inputs, folder, observer, cancel);
            });
            observer.Bar = null;
        }
        else
        {
            result = Work(inputs, folder, observer, cancel);
        }

        observer.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"test accuracy: last {result!.Last:P2}, selected on validation {result.Selected:P2} (step {result.SelectedStep}), best {result.Best:P2}"));
        observer.Say($"run folder: {result.Folder}");
        return 0;
    }

    private static RunResult Work(TrainingInputs inputs, RunFolder folder, ConsoleObserver observer, CancellationToken cancel)
    {
        using var run = TrainingRun.Open(inputs, folder, observer);
        try
        {
            return run.Run(cancel);
        }
        catch (OperationCanceledException)
        {
            observer.Say($"stopped at step {run.Step} of {inputs.Options.Iterations}; go on with: cudanoisy resume {folder.FolderPath}");
            throw;
        }
    }
}
