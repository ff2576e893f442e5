using System.Diagnostics;
using CudaNoisy.Tests.Records;

namespace CudaNoisy.Tests.Cli;

/// <summary>cudanoisy pretrain, as people run it.</summary>
public sealed class Pretrain : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Fact]
    public void AKilledRunIsContinuedBitForBitAndItsEncoderIsFineTuned()
    {
        var data = TinyData.Write(Path.Combine(_logs, "data"));
        string[] arguments =
        [
            "pretrain", "simclr", "--logs", _logs, "--opt", "lars", "--lr", "1", "--device", "host", "--batch_size", "16", "--chunk_size", "8", "--probe_images", "100",
            "--iters", "6", "--eval_freq", "3", "--log_freq", "2", .. data, "--name",
        ];
        var whole = CommandLine.Run([.. arguments, "whole"]);
        Assert.True(whole.Code == 0, whole.Error);
        Assert.Contains("20-NN", whole.Out, StringComparison.Ordinal);
        using (var process = Process.Start(CommandLine.Start([.. arguments, "killed"]))!)
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            while (process.StandardOutput.ReadLine() is { } line && !line.TrimStart().StartsWith("3 ", StringComparison.Ordinal))
            {
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Assert.False(File.Exists(Path.Combine(_logs, "killed", "encoder.onnx")));
        Assert.Equal(0, CommandLine.Run("resume", Path.Combine(_logs, "killed")).Code);
        RunFiles.AssertSame(Path.Combine(_logs, "whole"), Path.Combine(_logs, "killed"));
        var card = File.ReadAllText(Path.Combine(_logs, "whole", "encoder.md"));
        foreach (var part in new[] { "300 images, their labels not used", "Linear probe on 100 test images", "20-NN", "pretrain simclr", "temperature: 0.5" })
            Assert.Contains(part, card, StringComparison.Ordinal);

        var whichever = Path.Combine(_logs, "last.onnx");
        Assert.Equal(0, CommandLine.Run("export", Path.Combine(_logs, "whole"), "--what", "encoder", "--checkpoint", "last", "-o", whichever).Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_logs, "whole", "encoder.onnx")), File.ReadAllBytes(whichever));
        Assert.Equal(2, CommandLine.Run("export", Path.Combine(_logs, "whole")).Code);

        var tuned = CommandLine.Run(
            ["train", "--logs", _logs, "--device", "host", "--batch_size", "16", "--iters", "2", .. data[..^2], "--encoder_ckpt", Path.Combine(_logs, "whole", "encoder.onnx"), "--name", "tuned"]);
        Assert.True(tuned.Code == 0, tuned.Error);
        Assert.True(File.Exists(Path.Combine(_logs, "tuned", "model.onnx")));
    }

    [Theory]
    [InlineData("--chunk_size: a divisor of the 16 images of --batch_size, or 0 expected, '5' came", "pretrain", "simclr", "--batch_size", "16", "--chunk_size", "5")]
    [InlineData("--temperature: a number in (0, 1000000] expected", "pretrain", "simclr", "--temperature", "0")]
    [InlineData("pretrain: simclr or supervised expected, 'moco' came", "pretrain", "moco")]
    [InlineData("--problem: finetune, mwnet or supervised (for simclr: cudanoisy pretrain simclr) expected", "train", "--problem", "simclr")]
    public void BadOptionsAreOneLine(string message, params string[] arguments)
    {
        var (code, _, error) = CommandLine.Run([.. arguments, "--logs", _logs]);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }
}
