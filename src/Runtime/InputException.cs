namespace CudaNoisy.Runtime;

/// <summary>Bad input from the user: one line that names the file or option, what was expected and what came. The command line prints it and exits with code 2.</summary>
/// <remarks>Control characters become spaces: what came may be a damaged file's bytes.</remarks>
public class InputException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    private static string OneLine(string message) =>
        message.Any(char.IsControl) ? string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)) : message;
}
