using CommandLine;

namespace CudaNoisy.Cli;

[Verb("devices", HelpText = "List the devices, and why one is not there.")]
internal sealed class DevicesArguments
{
}
