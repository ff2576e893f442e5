namespace CudaNoisy.Training;

/// <summary>Pixel layouts.</summary>
internal static class Planar
{
    /// <summary>(C,H,W) to (H,W,C).</summary>
    public static void ToInterleaved(ReadOnlySpan<byte> planes, int channels, Span<byte> target)
    {
        var pixels = planes.Length / channels;
        for (var c = 0; c < channels; c++)
        {
            for (var p = 0; p < pixels; p++)
                target[(p * channels) + c] = planes[(c * pixels) + p];
        }
    }
}
