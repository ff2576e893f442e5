using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CudaNoisy.PtxGate;

/// <summary>NVIDIA's ptxas and nvdisasm.</summary>
internal sealed partial class Assembler(string ptxas, string nvdisasm)
{
    /// <summary>The tools of a folder, or of the PATH; null where they are not there.</summary>
    public static Assembler? Find(string? folder)
    {
        var folders = folder is not null ? [folder] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.FirstOrDefault(f => File.Exists(Path.Combine(f, "ptxas")) && File.Exists(Path.Combine(f, "nvdisasm"))) is { } found
            ? new Assembler(Path.Combine(found, "ptxas"), Path.Combine(found, "nvdisasm"))
            : null;
    }

    /// <summary>Assembles PTX.</summary>
    public Assembly Run(string ptx, int capability)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ptx-gate-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        try
        {
            File.WriteAllText(file + ".ptx", ptx);
            var (status, log) = Start(ptxas, $"-arch=sm_{capability}", "-v", "-o", file + ".cubin", file + ".ptx");
            if (status != 0)
                return new Assembly(log.Trim(), 0, 0, 0, 0, new MachineCode([], []));
            var (_, code) = Start(nvdisasm, "-c", file + ".cubin");
            return new Assembly(null, Number(Registers(), log), Number(SharedBytes(), log), Number(Stack(), log), Number(Spills(), log), MachineCode.Parse(code));
        }
        finally
        {
            File.Delete(file + ".ptx");
            File.Delete(file + ".cubin");
        }
    }

    private static int Number(Regex pattern, string log) => pattern.Match(log) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private static (int Status, string Output) Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex SharedBytes();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex Spills();
}
