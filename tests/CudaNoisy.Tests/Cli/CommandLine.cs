using System.Diagnostics;

namespace CudaNoisy.Tests.Cli;

/// <summary>Runs the command in a process of its own.</summary>
public static class CommandLine
{
    private const int LimitMilliseconds = 120_000;

    /// <summary>The command's assembly.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "cudanoisy.dll");

    /// <summary>The checkpoint converter's assembly.</summary>
    public static string Export { get; } = Path.Combine(AppContext.BaseDirectory, "cudanoisy-export.dll");

    public static ProcessStartInfo Start(params string[] arguments) => StartProgram(Program, arguments);

    public static (int Code, string Out, string Error) Run(params string[] arguments) => RunProgram(Program, arguments);

    public static (int Code, string Out, string Error) RunProgram(string program, params string[] arguments)
    {
        using var process = Process.Start(StartProgram(program, arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(LimitMilliseconds), "the command did not end");
        return (process.ExitCode, output, error.Result);
    }

    private static ProcessStartInfo StartProgram(string program, string[] arguments)
    {
        Assert.True(File.Exists(program), $"{program} expected beside the tests");
        var info = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = SharedFiles.Repository };
        info.ArgumentList.Add(program);
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return info;
    }
}
