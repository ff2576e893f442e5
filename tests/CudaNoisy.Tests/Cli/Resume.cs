using System.Diagnostics;

namespace CudaNoisy.Tests.Cli;

/// <summary>A run that is killed after its first checkpoint and resumed ends bit for bit like one that was not.</summary>
public sealed class Resume : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Theory]
    [InlineData("finetune", "sgd")]
    [InlineData("mwnet", "adam")]
    public void AKilledRunIsContinuedBitForBit(string problem, string optimizer)
    {
        string[] arguments =
        [
            "train", "--logs", _logs, "--problem", problem, "--opt", optimizer, "--corruption_prob", "0.4", "--arch", "resnet20", "--device", "host", "--batch_size", "16",
            "--meta_batch_size", "16", "--iters", "8", "--eval_freq", "4", "--log_freq", "2", "--name",
        ];
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
        foreach (var file in new[] { "model.onnx", "metrics.csv", "metrics.jsonl", "samples.csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_logs, "whole", file)), File.ReadAllBytes(Path.Combine(_logs, "killed", file)));
    }
}
