using System.Diagnostics;
using CudaNoisy.Tests.Records;
using Xunit.Abstractions;
using Command = CudaNoisy.Tests.Cli.CommandLine;

namespace CudaNoisy.SlowTests;

/// <summary>A run killed at random moments, over and over, ends bit for bit like one that was not, and no moment leaves a checkpoint that cannot be read.</summary>
public sealed class KillLoop(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 20;
    private const int MaxRuns = 100;
    private const int LimitMilliseconds = 60_000;
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Theory]
    [InlineData("finetune", "sgd")]
    [InlineData("mwnet", "adam")]
    public void KilledAtRandomMomentsARunEndsBitForBit(string problem, string optimizer)
    {
        string[] arguments =
        [
            "train", "--logs", _logs, "--problem", problem, "--opt", optimizer, "--corruption_type", "flip", "--corruption_prob", "0.4", "--device", "host", "--batch_size", "16",
            "--meta_batch_size", "16", "--iters", "24", "--eval_freq", "6", "--log_freq", "4", "--save_freq", "2", .. TinyData.Write(Path.Combine(_logs, "data")), "--name",
        ];
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Command.Run([.. arguments, "whole"]).Code);
        var whole = clock.Elapsed;
        var random = new Random(problem.Length);
        var kills = 0;
        for (var run = 0; kills < Kills; run++)
        {
            Assert.True(run < MaxRuns, "the processes end before they are killed");
            var name = $"killed-{run}";
            kills += KillUntilItEnds(arguments, name, whole, random);
            RunFiles.AssertSame(Path.Combine(_logs, "whole"), Path.Combine(_logs, name));
        }
    }

    /// <summary>Starts and resumes a run, each time killed after a random time, until a process ends by itself.</summary>
    /// <returns>The number of kills.</returns>
    private int KillUntilItEnds(string[] arguments, string name, TimeSpan whole, Random random)
    {
        var folder = Path.Combine(_logs, name);
        for (var kills = 0; ; kills++)
        {
            var begun = File.Exists(Path.Combine(folder, "config.yml"));
            using var process = Process.Start(Command.Start(begun ? ["resume", folder] : [.. arguments, name]))!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();

            // Every sixth is left alone, so that runs end too.
            var delay = random.NextDouble() * whole;
            if ((kills % 6 == 5 && process.WaitForExit(LimitMilliseconds)) || process.WaitForExit(delay))
            {
                Assert.Equal(0, process.ExitCode);
                output.WriteLine($"{name}: {kills} kills");
                return kills;
            }

            process.Kill();
            process.WaitForExit();
            output.WriteLine($"{name}: killed after {delay.TotalMilliseconds:F0} of {whole.TotalMilliseconds:F0} ms, {RunFiles.AssertCheckpointsReadable(folder)} checkpoints whole");
        }
    }
}
