namespace CudaNoisy.Runtime.Inference;

/// <summary>How <see cref="OnnxRuntimeModel"/> runs a file.</summary>
public sealed record OnnxRuntimeOptions
{
    /// <summary>What an image's rows may be made of where the output has one vector a token.</summary>
    public static IReadOnlyList<string> Pools { get; } = ["cls", "mean"];

    /// <summary>Threads, 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary><c>auto</c> (CUDA where it is there), <c>cuda</c> or <c>cpu</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The output's name; empty for the first one that gives one vector an image, else the first.</summary>
    public string Output { get; init; } = "";

    /// <summary>Of outputs (N, tokens, features): <c>cls</c>, the first token, or <c>mean</c>, the average.</summary>
    public string Pool { get; init; } = "cls";
}
