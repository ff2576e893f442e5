namespace CudaNoisy.Runtime;

/// <summary>One flat device buffer laid out by a <see cref="ParameterLayout"/>; zero at first.</summary>
public sealed class ParameterBuffer : IDisposable
{
    private readonly DeviceBuffer<float> _buffer;

    /// <summary>Allocates the buffer.</summary>
    public ParameterBuffer(Device device, ParameterLayout layout)
    {
        Layout = layout;
        _buffer = device.Allocate<float>(Math.Max(ParameterLayout.Alignment, layout.Length));
    }

    /// <summary>The slices.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>All elements, padding included.</summary>
    public DeviceView<float> All => _buffer.View;

    /// <summary>One slice.</summary>
    public DeviceView<float> this[int index]
    {
        get
        {
            var slice = Layout.Slices[index];
            return new DeviceView<float>(_buffer, slice.Offset, slice.Length);
        }
    }

    /// <summary>Sets a slice from values in ONNX's order.</summary>
    public void SetOnnx(int index, ReadOnlySpan<float> values) => this[index].CopyFrom(Layout.Slices[index].ToStored(values));

    /// <summary>A slice's values in ONNX's order.</summary>
    public float[] GetOnnx(int index) => Layout.Slices[index].ToOnnx(this[index].ToArray());

    /// <summary>Sets all slices from a model's values, one array a slice in ONNX's order.</summary>
    public void Load(IReadOnlyList<float[]> values)
    {
        for (var i = 0; i < Layout.Slices.Count; i++)
            SetOnnx(i, values[i]);
    }

    /// <summary>All slices' values in ONNX's order.</summary>
    public float[][] Save() => [.. Enumerable.Range(0, Layout.Slices.Count).Select(GetOnnx)];

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
