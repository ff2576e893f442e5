using CudaNoisy.Runtime;

namespace CudaNoisy.Cli;

/// <summary>devices.</summary>
internal static class DevicesCommand
{
    public static int Run()
    {
        foreach (var (id, description) in DeviceFactory.List())
            Console.Out.WriteLine($"{id,-10} {description}");
        return 0;
    }
}
