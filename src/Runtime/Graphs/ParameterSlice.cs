namespace CudaNoisy.Runtime;

/// <summary>One named tensor inside a flat parameter buffer.</summary>
/// <param name="Name">The ONNX initializer's name.</param>
/// <param name="Dims">The ONNX dimensions.</param>
/// <param name="Kind">The stored layout.</param>
/// <param name="Offset">First element; a multiple of <see cref="ParameterLayout.Alignment"/>.</param>
public sealed record ParameterSlice(string Name, IReadOnlyList<int> Dims, ParameterKind Kind, long Offset)
{
    /// <summary>Elements.</summary>
    public int Length { get; } = Dims.Aggregate(1, (a, b) => checked(a * b));

    /// <summary>Values in ONNX's order to values in stored order.</summary>
    public float[] ToStored(ReadOnlySpan<float> onnx) => Permute(onnx, toStored: true);

    /// <summary>Values in stored order to values in ONNX's order.</summary>
    public float[] ToOnnx(ReadOnlySpan<float> stored) => Permute(stored, toStored: false);

    private float[] Permute(ReadOnlySpan<float> source, bool toStored)
    {
        if (source.Length != Length)
            throw new ArgumentException($"parameter {Name}: {Length} values expected, {source.Length} came");
        if (Kind == ParameterKind.Plain)
            return source.ToArray();
        var rows = Dims[0];
        var columns = Kind == ParameterKind.Filter ? Dims[1] : Length / rows;
        var taps = Kind == ParameterKind.Filter ? Dims[2] * Dims[3] : 1;
        var target = new float[Length];
        for (var k = 0; k < rows; k++)
            for (var c = 0; c < columns; c++)
                for (var t = 0; t < taps; t++)
                {
                    var onnx = (((k * columns) + c) * taps) + t;
                    var stored = (((t * columns) + c) * rows) + k;
                    if (toStored)
                        target[stored] = source[onnx];
                    else
                        target[onnx] = source[stored];
                }

        return target;
    }
}
