using CommandLine;

namespace CudaNoisy.PtxGate;

internal sealed class GateOptions
{
    [Option("tools", HelpText = "Folder of ptxas and nvdisasm; default: the PATH. Without them kernels are only compiled to PTX.")]
    public string? Tools { get; set; }

    [Option("filter", HelpText = "Only kernels whose name contains this.")]
    public string Filter { get; set; } = "";
}
