namespace CudaNoisy.Runtime;

/// <summary>A shape and its float32 memory, NHWC. <c>default</c> stands for "absent": a tangent that is zero, a gradient nobody wants.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="View">At least <see cref="Runtime.Shape.Length"/> floats.</param>
public readonly record struct Tensor(Shape Shape, DeviceView<float> View)
{
    /// <summary>True where there is no memory.</summary>
    public bool IsEmpty => View.IsEmpty;

    /// <summary>The memory, for launchers.</summary>
    public static implicit operator DeviceView<float>(Tensor tensor) => tensor.View;
}
