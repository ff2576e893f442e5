using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>A pooling window and how it moves.</summary>
/// <param name="R">Height.</param>
/// <param name="S">Width.</param>
/// <param name="StrideH">Vertical stride.</param>
/// <param name="StrideW">Horizontal stride.</param>
/// <param name="Top">Padding above.</param>
/// <param name="Left">Padding to the left.</param>
/// <param name="Bottom">Padding below.</param>
/// <param name="Right">Padding to the right.</param>
/// <param name="Ceiling">Round output sizes up, where the last window still starts inside the input or its leading padding.</param>
/// <param name="CountPadding">Averages divide by the window's size even where it covers padding.</param>
public readonly record struct PoolWindow(
    int R, int S, int StrideH, int StrideW, int Top, int Left, int Bottom, int Right, bool Ceiling, bool CountPadding)
{
    /// <summary>The output's shape, or null where the window does not fit.</summary>
    public Shape? Infer(Shape x)
    {
        if (x.H + Top + Bottom < R || x.W + Left + Right < S)
            return null;
        return new Shape(x.N, Output(x.H, Top, Bottom, R, StrideH), Output(x.W, Left, Right, S, StrideW), x.C);
    }

    /// <summary>The kernels' form.</summary>
    public Pool2dShape ToShape(Shape x, Shape y) => new(x.N, x.H, x.W, x.C, R, S, StrideH, StrideW, Top, Left, y.H, y.W, CountPadding ? 1 : 0);

    internal static PoolWindow Import(OnnxNode node, Shape x)
    {
        var kernel = node.Ints("kernel_shape", []);
        if (kernel.Length != 2)
            throw node.Error($"a kernel_shape of 2 values expected, {kernel.Length} came");
        var strides = node.Ints("strides", [1, 1]);
        var (r, s) = (node.Positive(kernel[0], "kernel_shape"), node.Positive(kernel[1], "kernel_shape"));
        var (top, left, bottom, right) = node.Padding(x, (r, s), (strides[0], strides[1]));
        if (Math.Max(top, bottom) >= r || Math.Max(left, right) >= s)
            throw node.Error("padding smaller than the window expected");
        return new PoolWindow(
            r, s, node.Positive(strides[0], "strides"), node.Positive(strides[1], "strides"), top, left, bottom, right,
            node.Int("ceil_mode", 0) != 0, node.Int("count_include_pad", 0) != 0);
    }

    internal NodeBuilder Export(NodeBuilder node) => node
        .With("kernel_shape", R, S).With("pads", Top, Left, Bottom, Right).With("strides", StrideH, StrideW).With("ceil_mode", Ceiling ? 1 : 0);

    private int Output(int size, int before, int after, int window, int stride)
    {
        var span = size + before + after - window;
        if (!Ceiling)
            return (span / stride) + 1;
        var count = ((span + stride - 1) / stride) + 1;
        return (count - 1) * stride >= size + before ? count - 1 : count;
    }
}
