using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>diff.</summary>
internal static class DiffCommand
{
    public static int Run(DiffArguments a)
    {
        foreach (var line in RunDifference.Lines(a.Before, a.After))
            Console.Out.WriteLine(line);
        return 0;
    }
}
