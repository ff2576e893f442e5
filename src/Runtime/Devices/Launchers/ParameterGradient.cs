namespace CudaNoisy.Runtime;

/// <summary>Where a backward pass leaves a parameter's gradient.</summary>
/// <param name="Values">The gradient; empty: it is not wanted.</param>
/// <param name="Overwrites">Whether it takes the place of what is there, instead of being added to it.</param>
public readonly record struct ParameterGradient(DeviceView<float> Values, bool Overwrites)
{
    /// <summary>Whether it is not wanted.</summary>
    public bool IsEmpty => Values.IsEmpty;

    /// <summary>Adds to what is there.</summary>
    public static implicit operator ParameterGradient(DeviceView<float> values) => new(values, false);
}
