using CudaNoisy.Kernels;

namespace CudaNoisy.Training;

/// <summary>Reads images of a set as the floats (N,C,H,W) that ONNX files take.</summary>
/// <param name="pixels">The images.</param>
/// <param name="scale">Byte to network input.</param>
/// <param name="workers">Threads that read and decode.</param>
internal sealed class ImageBatchReader(PixelSource pixels, PixelScale scale, int workers)
{
    private readonly float[] _table = [.. Enumerable.Range(0, pixels.C).SelectMany(c => Enumerable.Range(0, 256).Select(b => scale.Map((byte)b, c)))];
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = workers };

    /// <summary>Floats of a batch.</summary>
    public long Length(int n) => (long)n * pixels.ImageLength;

    /// <summary>Reads images; places behind the last one keep what was there.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="target">(N,C,H,W).</param>
    /// <exception cref="UnreadableImageException">A file is damaged or gone: the first such image, whatever the number of workers.</exception>
    public void Read(ReadOnlyMemory<int> indices, float[] target)
    {
        UnreadableImageException? first = null;
        var place = int.MaxValue;
        Parallel.For(0, indices.Length, _parallel, () => new byte[pixels.ImageLength], (i, loop, bytes) =>
        {
            try
            {
                pixels.Read(indices.Span[i], null, bytes);
                Spread(bytes, target.AsSpan(i * pixels.ImageLength, pixels.ImageLength));
            }
            catch (UnreadableImageException e)
            {
                loop.Break();
                lock (_parallel)
                    (first, place) = i < place ? (e, i) : (first, place);
            }

            return bytes;
        }, _ => { });
        if (first is not null)
            throw first;
    }

    private void Spread(ReadOnlySpan<byte> bytes, Span<float> target)
    {
        var (channels, plane) = (pixels.C, pixels.H * pixels.W);
        for (var c = 0; c < channels; c++)
        {
            var table = _table.AsSpan(256 * c, 256);
            var to = target.Slice(c * plane, plane);
            for (int p = 0, at = c; p < to.Length; p++, at += channels)
                to[p] = table[bytes[at]];
        }
    }
}
