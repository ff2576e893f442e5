using SkiaSharp;

namespace CudaNoisy.Training;

/// <summary>Small images of samples, many to one JPEG, so that a page of thousands stays small and quick.</summary>
internal static class ThumbnailSheets
{
    /// <summary>Thumbnails in a row and in a column of a sheet.</summary>
    public const int Side = 10;

    private const int MostPixels = 64;
    private const int Quality = 88;

    /// <summary>Side of a thumbnail in pixels.</summary>
    public static int Size(PixelSource pixels) => Math.Min(MostPixels, Math.Max(16, (Math.Max(pixels.H, pixels.W) + 15) / 16 * 16));

    /// <summary>JPEG files of the samples in order, <see cref="Side"/> squared to a sheet.</summary>
    /// <param name="subject">Images.</param>
    /// <param name="samples">Samples.</param>
    public static byte[][] Make(AuditSubject subject, int[] samples)
    {
        const int each = Side * Side;
        var sheets = new byte[(samples.Length + each - 1) / each][];
        Parallel.For(0, sheets.Length, s => sheets[s] = Sheet(subject, samples.AsSpan(s * each, Math.Min(each, samples.Length - (s * each))).ToArray()));
        return sheets;
    }

    private static byte[] Sheet(AuditSubject subject, int[] samples)
    {
        var pixels = subject.Pixels!;
        var size = Size(pixels);
        var rows = (samples.Length + Side - 1) / Side;
        using var sheet = new SKBitmap(Side * size, rows * size, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        var bytes = new byte[pixels.ImageLength];
        using var image = new SKBitmap(pixels.W, pixels.H, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var i = 0; i < samples.Length; i++)
        {
            pixels.Read(subject.Places[samples[i]], null, bytes);
            Fill(image, bytes, pixels.C);
            var scale = Math.Min((float)size / pixels.W, (float)size / pixels.H);
            var target = SKRect.Create(i % Side * size, i / Side * size, pixels.W * scale, pixels.H * scale);
            using var frame = SKImage.FromBitmap(image);
            canvas.DrawImage(frame, target, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        canvas.Flush();
        using var data = sheet.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }

    private static void Fill(SKBitmap image, byte[] bytes, int channels)
    {
        var target = image.GetPixelSpan();
        for (int p = 0, at = 0; p < bytes.Length; p += channels, at += 4)
        {
            target[at] = bytes[p];
            target[at + 1] = bytes[p + (channels > 1 ? 1 : 0)];
            target[at + 2] = bytes[p + (channels > 2 ? 2 : 0)];
            target[at + 3] = 255;
        }

        image.NotifyPixelsChanged();
    }
}
