using CudaNoisy.Runtime;

namespace CudaNoisy.Cli;

/// <summary>The folder a command writes into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes it. One that cannot be written is bad input here: nothing has been done yet.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="folder">The folder.</param>
    public static void Create(string option, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{option} {folder}: a folder that can be written expected: {e.Message.Split('\n')[0]}", e);
        }
    }
}
