using CudaNoisy.Tests.Records;
using Command = CudaNoisy.Tests.Cli.CommandLine;

namespace CudaNoisy.Tests.Reports;

/// <summary>A Meta-Weight-Net run of 24 steps, whose records several tests look at.</summary>
public sealed class TinyRun : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public TinyRun()
    {
        var (code, _, error) = Command.Run(
        [
            "train", "--logs", _logs, "--problem", "mwnet", "--corruption_prob", "0.5", "--device", "host", "--batch_size", "32", "--meta_batch_size", "32", "--iters", "24", "--eval_freq", "8",
            "--log_freq", "4", "--lr", "0.05", .. TinyData.Write(Path.Combine(_logs, "data")), "--name", "tiny & <b>run",
        ]);
        Assert.True(code == 0, error);
    }

    /// <summary>The run's folder. Its name would be a tag in a careless page.</summary>
    public string Folder => Path.Combine(_logs, "tiny & <b>run");

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Dispose() => Directory.Delete(_logs, recursive: true);
}
