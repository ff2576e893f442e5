using System.Numerics.Tensors;
using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Partial filter gradients of single-pixel windows, dw = x^T dy: a part sums over a chunk of the pixels for a block of input and of output channels.</summary>
/// <remarks>Both factors are packed into the micro-kernel's order, some pixels at a time: their own rows lie powers of two apart and would meet in the same cache sets.</remarks>
internal unsafe struct HostPointwiseFilterProduct : IHostJob
{
    /// <summary>Products a pixel from which the packing pays whatever the shape; where there are more outputs than inputs it always does.</summary>
    private const long FewestProducts = 1 << 17;
    private const int WantedParts = 16;
    private const int MostChannelsC = 240;
    private const int MostChannelsK = 256;
    private const int StepPixels = 192;

    public HostWindow Window;
    public HostTiling Tiling;
    public float** Scratch;
    public float* X;
    public float* Dy;
    public int K;
    public bool Overwrites;

    /// <summary>For every chunk, [c, k]; of a single chunk the gradient itself, which the sums are added to or overwrite.</summary>
    public float* Partials;

    /// <summary>Whether a filter's gradient is faster this way than by <see cref="HostFilterProduct"/>.</summary>
    public static bool Gains(in Conv2dShape s) => s.R == 1 && s.S == 1 && s.PadTop == 0 && s.PadLeft == 0 && (s.K > s.C || (long)s.C * s.K >= FewestProducts);

    /// <summary>Chunks of the pixels; it depends on the sizes only.</summary>
    public readonly int Chunks => (int)Math.Clamp((WantedParts + (BlocksC * BlocksK) - 1) / (BlocksC * BlocksK), 1, Math.Max(1, Window.Pixels / StepPixels));

    public readonly int Parts => Chunks * BlocksC * BlocksK;

    public readonly long PartialFloats => (long)Window.C * K;

    public readonly long ScratchFloats => InputFloats + GradientFloats + ((long)MostRows * MostColumns) + 64;

    private readonly long InputFloats => MostRows / Tiling.Rows * TileStep(Tiling.Rows);

    private readonly long GradientFloats => MostColumns / Tiling.Width * TileStep(Tiling.Width);

    private readonly int BlocksC => (Window.C + MostChannelsC - 1) / MostChannelsC;

    private readonly int BlocksK => (K + MostChannelsK - 1) / MostChannelsK;

    private readonly int MostRows => RowTiles((Window.C + BlocksC - 1) / BlocksC) * Tiling.Rows;

    private readonly int MostColumns => Tiling.Panels((K + BlocksK - 1) / BlocksK) * Tiling.Width;

    public readonly void Execute(int part, int worker)
    {
        var (chunk, block) = Math.DivRem(part, BlocksC * BlocksK);
        var (blockC, blockK) = Math.DivRem(block, BlocksK);
        var (firstC, lastC) = (Window.C * blockC / BlocksC, Window.C * (blockC + 1) / BlocksC);
        var (firstK, lastK) = ((int)((long)K * blockK / BlocksK), (int)((long)K * (blockK + 1) / BlocksK));
        var (firstPixel, lastPixel) = (Window.Pixels * chunk / Chunks, Window.Pixels * (chunk + 1) / Chunks);
        var inputs = Scratch[worker];
        var gradients = inputs + InputFloats;
        var sums = gradients + GradientFloats;
        var zeros = stackalloc float[16];
        new Span<float>(zeros, 16).Clear();
        for (var pixel = firstPixel; pixel < lastPixel; pixel += StepPixels)
        {
            var pixels = (int)Math.Min(StepPixels, lastPixel - pixel);
            PackInputs(pixel, pixels, firstC, lastC - firstC, inputs);
            Pack(Dy + (pixel * K) + firstK, K, pixels, lastK - firstK, Tiling.Width, gradients);
            Multiply(inputs, gradients, pixels, lastC - firstC, lastK - firstK, sums, pixel == firstPixel ? zeros : null);
        }

        Unpack(sums, firstC, lastC - firstC, lastK - firstK, Partials + (chunk * PartialFloats) + firstK);
    }

    private readonly void PackInputs(long pixel, int pixels, int first, int channels, float* target)
    {
        if (Window.IsFlat)
        {
            Pack(X + (pixel * Window.C) + first, Window.C, pixels, channels, Tiling.Rows, target);
            return;
        }

        // Output rows one after the other: inside one the pixels are equally far apart.
        for (int i = 0, run; i < pixels; i += run)
        {
            run = (int)Math.Min(pixels - i, Window.Q - ((pixel + i) % Window.Q));
            Pack(X + Window.PixelOffset(pixel + i) + first, (long)Window.StrideW * Window.C, run, channels, Tiling.Rows, target + (i * Tiling.Rows));
        }
    }

    private readonly void Pack(float* source, long step, int pixels, int channels, int width, float* target) =>
        HostPixels.Pack(Tiling.Bits, source, step, pixels, channels, width, target, TileStep(width));

    private static long TileStep(int width) => ((long)StepPixels * width) + PixelPack.Slack;

    private readonly void Multiply(float* inputs, float* gradients, int pixels, int channelsC, int channelsK, float* sums, float* zeros)
    {
        var kernel = Tiling.FilterKernel;
        var call = new FilterTile { InputStep = Tiling.Rows, GradientStep = Tiling.Width, Images = 1, Rows = 1, Columns = pixels, Accumulators = sums, Zeros = zeros };
        for (var panel = 0; panel < Tiling.Panels(channelsK); panel++)
        {
            call.Gradient = gradients + (panel * TileStep(Tiling.Width));
            for (var rowTile = 0; rowTile < RowTiles(channelsC); rowTile++)
            {
                call.Input = inputs + (rowTile * TileStep(Tiling.Rows));
                kernel(call);
                call.Accumulators += Tiling.Rows * Tiling.Width;
            }
        }
    }

    private readonly void Unpack(float* sums, int firstC, int channelsC, int channelsK, float* target)
    {
        for (var k = 0; k < channelsK; k += Tiling.Width)
        {
            for (var c = 0; c < RowTiles(channelsC) * Tiling.Rows; c++, sums += Tiling.Width)
            {
                if (c >= channelsC)
                    continue;
                var columns = Math.Min(Tiling.Width, channelsK - k);
                var row = new Span<float>(target + ((long)(firstC + c) * K) + k, columns);
                if (Chunks == 1 && !Overwrites)
                    TensorPrimitives.Add(row, new ReadOnlySpan<float>(sums, columns), row);
                else
                    new ReadOnlySpan<float>(sums, columns).CopyTo(row);
            }
        }
    }

    private readonly int RowTiles(int channels) => (channels + Tiling.Rows - 1) / Tiling.Rows;
}
