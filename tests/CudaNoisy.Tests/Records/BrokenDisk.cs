using System.Diagnostics;
using CudaNoisy.Training;
using Command = CudaNoisy.Tests.Cli.CommandLine;

namespace CudaNoisy.Tests.Records;

/// <summary>The disk fills up or turns read-only in the middle of a run: one line that names a file, exit code 1, the last checkpoint whole; with the disk well again the run goes on
/// bit for bit. The disk is a small one in memory, mounted where only the test's own processes see it.</summary>
public sealed class BrokenDisk : IDisposable
{
    private const int LimitMilliseconds = 120_000;
    private const string Begin = """
        set -u
        disk=$1 out=$2 cli=$3; shift 3
        mount -t tmpfs -o size=6m tmpfs "$disk" || exit 77
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void AFullDisk() => Check("the disk is full", """
        dotnet "$cli" train --logs "$disk" "$@" 2> "$out/error"
        echo $? > "$out/code"
        cp -r "$disk/run" "$out/failed"
        mount -o remount,size=100m "$disk"
        dotnet "$cli" resume "$disk/run" && cp -r "$disk/run" "$out/resumed"
        """);

    [SkippableFact]
    public void AReadOnlyFolder() => Check("read-only", """
        mount -o remount,size=100m "$disk"
        dotnet "$cli" train --logs "$disk" "$@" 2> "$out/error" &
        while [ ! -f "$disk/run/last.ckpt" ]; do sleep 0.01; done
        mount --bind "$disk/run" "$disk/run" && mount -o remount,bind,ro "$disk/run"
        wait $!
        echo $? > "$out/code"
        cp -r "$disk/run" "$out/failed"
        umount "$disk/run"
        dotnet "$cli" resume "$disk/run" && cp -r "$disk/run" "$out/resumed"
        """);

    private void Check(string reason, string script)
    {
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        var result = Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName;
        string[] arguments =
        [
            .. TinyData.Write(Path.Combine(_folder, "data"), "resnet20"), "--corruption_prob", "0.4", "--device", "host", "--batch_size", "16", "--iters", "40", "--eval_freq", "8", "--log_freq", "4",
        ];
        InOwnMounts(Begin + "\n" + script, [disk, result, Command.Program, .. arguments]);

        Assert.Equal("1", File.ReadAllText(Path.Combine(result, "code")).Trim());
        var error = File.ReadAllLines(Path.Combine(result, "error"));
        Assert.Contains(Path.Combine(disk, "run"), error[^1], StringComparison.Ordinal);
        Assert.Contains(reason, error[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(error, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.True(RunFiles.AssertCheckpointsReadable(Path.Combine(result, "failed")) > 0);
        using (var last = CheckpointReader.Open(Path.Combine(result, "failed", "last.ckpt")))
            Assert.InRange(last.GetLong("step"), 8, 32);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(result, "failed"), "*.tmp"));

        Assert.Equal(0, Command.Run(["train", "--logs", result, "--name", "whole", .. arguments]).Code);
        RunFiles.AssertSame(Path.Combine(result, "whole"), Path.Combine(result, "resumed"));
    }

    private static void InOwnMounts(string script, string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/unshare"), "skipped: mounting a small disk needs Linux and unshare");
        var info = new ProcessStartInfo("unshare", ["-m", .. Environment.UserName == "root" ? Array.Empty<string>() : ["-r"], "bash", "-c", script, "bash", .. arguments])
        {
            WorkingDirectory = SharedFiles.Repository,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(info)!;
        process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(LimitMilliseconds), "the script did not end");
        Skip.If(process.ExitCode is 77 or 1 && !File.Exists(Path.Combine(arguments[1], "code")), "skipped: this user may not mount a small disk");
        Assert.Equal(0, process.ExitCode);
    }
}
