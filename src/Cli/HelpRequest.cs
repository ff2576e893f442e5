namespace CudaNoisy.Cli;

/// <summary>--help, which the parser understands as a command's first argument only.</summary>
internal static class HelpRequest
{
    private const string Help = "--help";

    /// <summary>The arguments; where one behind a command is --help, the command and --help alone.</summary>
    public static IEnumerable<string> First(string[] args) => args.Skip(1).Contains(Help) && !args[0].StartsWith('-') ? [args[0], Help] : args;
}
