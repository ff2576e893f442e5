using CommandLine;

namespace CudaNoisy.PtxGate;

internal sealed class GateOptions
{
    [Option("tools", HelpText = "Folder of ptxas and nvdisasm; default: the PATH. Without them kernels are only compiled to PTX.")]
    public string? Tools { get; set; }

    [Option("filter", HelpText = "Only kernels whose name contains this.")]
    public string Filter { get; set; } = "";

    [Option("model", HelpText = "Print a model of a ResNet-50 training step instead: launches, bytes, operations and times on two cards, from data sheets and assumptions.")]
    public bool Model { get; set; }
}
