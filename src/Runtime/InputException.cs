namespace CudaNoisy.Runtime;

/// <summary>Bad input from the user: one line that names the file or option, what was expected and what came. The command line prints it and exits with code 2.</summary>
/// <remarks>Control characters become spaces, and long messages are cut: what came may be a damaged file's bytes.</remarks>
public class InputException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    private const int Longest = 2000;

    private static string OneLine(string message)
    {
        var cut = message.Length > Longest ? message[..Longest] + "..." : message;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c)) : cut;
    }
}
