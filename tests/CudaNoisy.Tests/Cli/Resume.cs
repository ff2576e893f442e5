using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CudaNoisy.Tests.Records;

namespace CudaNoisy.Tests.Cli;

/// <summary>A run that is killed or stopped and resumed ends bit for bit like one that was not.</summary>
public sealed class Resume : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Theory]
    [InlineData("finetune", "sgd")]
    [InlineData("mwnet", "adam")]
    public void AKilledRunIsContinuedBitForBit(string problem, string optimizer)
    {
        var arguments = Arguments(problem, optimizer);
        Assert.Equal(0, CommandLine.Run([.. arguments, "whole"]).Code);
        using (var process = Process.Start(CommandLine.Start([.. arguments, "killed"]))!)
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            while (process.StandardOutput.ReadLine() is { } line && !line.TrimStart().StartsWith("4 ", StringComparison.Ordinal))
            {
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Assert.False(File.Exists(Path.Combine(_logs, "killed", "model.onnx")));
        Assert.Equal(0, CommandLine.Run("resume", Path.Combine(_logs, "killed")).Code);
        RunFiles.AssertSame(Path.Combine(_logs, "whole"), Path.Combine(_logs, "killed"));
    }

    [SkippableFact]
    public void AStoppedRunIsContinuedBitForBitFromTheStepItStoppedAt()
    {
        Skip.If(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "skipped: signals are sent with kill");
        var arguments = Arguments("mwnet", "sgd");
        Assert.Equal(0, CommandLine.Run([.. arguments, "whole"]).Code);
        using (var process = Process.Start(CommandLine.Start([.. arguments, "stopped"]))!)
        {
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("step 2/", StringComparison.Ordinal))
            {
            }

            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                kill.WaitForExit();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("go on with: cudanoisy resume", error, StringComparison.Ordinal);
        }

        Assert.Equal(0, CommandLine.Run("resume", Path.Combine(_logs, "stopped")).Code);
        RunFiles.AssertSame(Path.Combine(_logs, "whole"), Path.Combine(_logs, "stopped"));
    }

    private string[] Arguments(string problem, string optimizer) =>
    [
        "train", "--logs", _logs, "--problem", problem, "--opt", optimizer, "--corruption_prob", "0.4", "--device", "host", "--batch_size", "16", "--meta_batch_size", "16",
        "--iters", "8", "--eval_freq", "4", "--log_freq", "2", "--save_freq", "3", .. TinyData.Write(Path.Combine(_logs, "data")), "--name",
    ];
}
