namespace CudaNoisy.Runtime;

/// <summary>Where the ReLU behind a batch-norm let values through. What is not empty says it, and a device reads what costs it least; with all empty there was no ReLU.</summary>
/// <param name="Y">The forward's output: y &gt; 0.</param>
/// <param name="Beta">The shift of a batch-norm without a residual, from which and from its input the output is found again.</param>
/// <param name="Flags">What <see cref="INormalization.Forward"/> left there.</param>
public readonly record struct ReluMask(DeviceView<float> Y, DeviceView<float> Beta, DeviceView<int> Flags)
{
    /// <summary>Whether there was a ReLU.</summary>
    public bool IsRelu => !Y.IsEmpty || !Beta.IsEmpty || !Flags.IsEmpty;

    /// <summary>Integers of the flags of a number of elements: a byte for every four.</summary>
    public static long FlagsLength(long elements) => (elements + 15) / 16;
}
