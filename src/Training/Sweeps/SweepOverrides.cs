namespace CudaNoisy.Training;

/// <summary>What a command line says about a sweep besides its file; null for what the file says.</summary>
/// <param name="Logs">The folder of all runs.</param>
/// <param name="Jobs">Runs at a time.</param>
/// <param name="Device">The device of all runs.</param>
public sealed record SweepOverrides(string? Logs = null, string? Jobs = null, string? Device = null);
