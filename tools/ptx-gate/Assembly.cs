namespace CudaNoisy.PtxGate;

/// <summary>What the assembler says of a kernel.</summary>
internal sealed record Assembly(string? Error, int Registers, int SharedBytes, int LocalBytes, int SpillBytes, MachineCode Code);
