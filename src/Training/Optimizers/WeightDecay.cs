namespace CudaNoisy.Training;

/// <summary>Weight decay by parameter name: none where the name contains "bn", and for LARS none where it contains "bias".
/// Downsampling batch-norms are called <c>downsample.1</c>, so they do decay, as in the reference.</summary>
public static class WeightDecay
{
    /// <summary>Whether a parameter does not decay.</summary>
    public static bool IsExempt(string name, bool exemptBias) => name.Contains("bn", StringComparison.Ordinal) || (exemptBias && name.Contains("bias", StringComparison.Ordinal));

    /// <summary>The rule with one coefficient for all parameters that are not exempt.</summary>
    public static Func<string, float> ByName(double coefficient, bool exemptBias = false) => name => IsExempt(name, exemptBias) ? 0 : (float)coefficient;

    /// <summary>The same coefficient for every parameter.</summary>
    public static Func<string, float> Everywhere(double coefficient) => _ => (float)coefficient;
}
