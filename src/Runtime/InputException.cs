namespace CudaNoisy.Runtime;

/// <summary>Bad input from the user: one line that names the file or option, what was expected and what came. The command line prints it and exits with code 2.</summary>
public class InputException(string message, Exception? inner = null) : Exception(message, inner);
