using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>report.</summary>
internal static class ReportCommand
{
    public static int Run(ReportArguments arguments)
    {
        Console.Out.WriteLine(RunReport.Write(arguments.Run));
        return 0;
    }
}
