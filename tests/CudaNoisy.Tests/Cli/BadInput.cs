using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CudaNoisy.Tests.Cli;

/// <summary>Bad input: one line on stderr that names the file or option, exit code 2, no stack trace, nothing left behind.</summary>
public sealed class BadInput : IDisposable
{
    private const string Sample = "data/fashion-mnist-sample";
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--q", "0")]
    [InlineData("--q", "abc")]
    [InlineData("--corruption_prob", "1.5")]
    [InlineData("--corruption_type", "flop")]
    [InlineData("--loss", "l2")]
    [InlineData("--opt", "rmsprop")]
    [InlineData("--lr", "-1")]
    [InlineData("--iters", "0")]
    [InlineData("--data", "mnist")]
    [InlineData("--data_root", "/does/not/exist")]
    [InlineData("--encoder_ckpt", "missing.onnx")]
    [InlineData("--device", "tpu")]
    [InlineData("--inner_lr", "0")]
    [InlineData("--name", "a/b")]
    [InlineData("--val_size", "10000")]
    public void AWrongValueIsNamed(string option, string value) => AssertBad(option.TrimStart('-'), [option, value]);

    [Fact]
    public void AnUnknownOptionIsNamed() => AssertBad("--learning_rate", ["--learning_rate", "1"]);

    [Theory]
    [InlineData("bench", "step", "--help")]
    [InlineData("train", "--config", "configs/quickstart.yaml", "--help")]
    public void HelpIsGivenWhereverItIsAskedFor(params string[] arguments)
    {
        var (code, output, error) = CommandLine.Run(arguments);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--device", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownKeyOfTheFileIsNamedWithTheNearest()
    {
        var config = Path.Combine(_folder, "c.yaml");
        File.WriteAllText(config, "iter: 3\n");
        var error = AssertBad("'iter'", ["--config", config]);
        Assert.Contains("'iters'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void MwnetNeedsACleanBatch()
    {
        AssertBad("val_size", ["--problem", "mwnet", "--val_size", "0"]);
        AssertBad("meta_batch_size", ["--problem", "mwnet", "--val_size", "50", "--meta_batch_size", "60"]);
    }

    [Fact]
    public void AMissingDataFileIsNamed() => AssertBad("train-images-idx3-ubyte", ["--data", "fashion-mnist", "--data_root", _folder]);

    [Fact]
    public void DamagedDataFilesAreNamed()
    {
        CopySample();
        var images = Unpack("train-images-idx3-ubyte.gz");
        Rewrite("train-images-idx3-ubyte.gz", images[..^100]);
        AssertBad("train-images-idx3-ubyte", Data());
        Rewrite("train-images-idx3-ubyte.gz", images);
        var labels = Unpack("t10k-labels-idx1-ubyte.gz");
        labels[20] = 11;
        Rewrite("t10k-labels-idx1-ubyte.gz", labels);
        Assert.Contains("11 came", AssertBad("t10k-labels-idx1-ubyte", Data()), StringComparison.Ordinal);
        var gzip = File.ReadAllBytes(Path.Combine(_folder, "train-images-idx3-ubyte.gz"));
        File.WriteAllBytes(Path.Combine(_folder, "train-images-idx3-ubyte.gz"), gzip[..1000]);
        AssertBad("train-images-idx3-ubyte", Data());
        File.WriteAllBytes(Path.Combine(_folder, "train.bin"), new byte[3074 + 1]);
        AssertBad("train.bin", ["--data", "cifar100", "--data_root", _folder]);
    }

    [Fact]
    public void ACutEncoderIsNamed()
    {
        var encoder = Path.Combine(_folder, "cut.onnx");
        File.WriteAllBytes(encoder, File.ReadAllBytes(Path.Combine(SharedFiles.Repository, "models/onnx/resnet32-simclr-fashion.onnx"))[..100_000]);
        AssertBad("cut.onnx", ["--encoder_ckpt", encoder]);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsNamed()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        AssertBad("--logs", ["--logs", file]);
    }

    [Fact]
    public void AnExistingRunIsKept()
    {
        var run = Directory.CreateDirectory(Path.Combine(_folder, "logs", "old"));
        File.WriteAllText(Path.Combine(run.FullName, "config.yml"), "seed: 1\n");
        AssertBad("old", ["--name", "old"]);
        Assert.Equal("seed: 1\n", File.ReadAllText(Path.Combine(run.FullName, "config.yml")));
    }

    [SkippableFact]
    public void CtrlCStopsWithinASecondAndKeepsWhatWasSaved()
    {
        Skip.If(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "skipped: signals are sent with kill");
        Skip.If(IsInterruptIgnored(), "skipped: SIGINT is ignored here, as in background jobs of a script");
        var logs = Path.Combine(_folder, "logs");
        using var process = Process.Start(CommandLine.Start("train", "--logs", logs, "--iters", "100000", "--batch_size", "16", "--log_freq", "1", "--device", "host", "--arch", "resnet20"))!;
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("step 3/", StringComparison.Ordinal))
        {
        }

        var error = process.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(10_000));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed} to stop");
        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("   at ", error.Result, StringComparison.Ordinal);
        foreach (var file in new[] { "config.yml", "last.ckpt", "report.html" })
            Assert.True(File.Exists(Path.Combine(logs, "run", file)), file);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(logs, "run"), "*.tmp*"));
    }

    private string[] Data() => ["--data", "fashion-mnist", "--data_root", _folder];

    private string AssertBad(string named, string[] arguments)
    {
        var (code, _, error) = CommandLine.Run(arguments.Contains("--logs") ? ["train", .. arguments] : ["train", "--logs", Path.Combine(_folder, "logs"), .. arguments]);
        var line = error.TrimEnd().Split('\n')[^1];
        Assert.Equal(2, code);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.tmp*", SearchOption.AllDirectories));
        return line;
    }

    private void CopySample()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Repository, Sample), "*.gz"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    private byte[] Unpack(string name)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(_folder, name)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private void Rewrite(string name, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest);
        stream.Write(bytes);
    }

    private static bool IsInterruptIgnored()
    {
        const string status = "/proc/self/status";
        const string field = "SigIgn:";
        const ulong interrupt = 1 << 1;
        return File.Exists(status) && (Convert.ToUInt64(File.ReadLines(status).First(l => l.StartsWith(field, StringComparison.Ordinal))[field.Length..].Trim(), 16) & interrupt) != 0;
    }
}
