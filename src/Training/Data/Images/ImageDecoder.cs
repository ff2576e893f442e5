using System.Buffers;
using CudaNoisy.Kernels.Host;
using NetVips;

namespace CudaNoisy.Training;

/// <summary>Decodes pictures with libvips (JPEG, PNG, WebP, GIF and TIFF; alpha dropped, other colour spaces converted to sRGB) and resizes them as Pillow does. Thread-safe.</summary>
/// <remarks>Bounded: files up to <see cref="MaxFileBytes"/>, pictures up to <see cref="MaxPixels"/>, of which the part that is shown is held. A large JPEG that is shrunk at least
/// fourfold is decoded at a half, quarter or eighth of its size (libjpeg), so that a factor of at least two is left to the interpolation. An EXIF orientation is not applied, as in Pillow.</remarks>
public static class ImageDecoder
{
    /// <summary>The largest file in bytes.</summary>
    public const long MaxFileBytes = 256L << 20;

    /// <summary>The largest picture in pixels; Pillow's limit against decompression bombs.</summary>
    public const long MaxPixels = 178_956_970;

    /// <summary>Channels of the output: red, green, blue.</summary>
    public const int Channels = 3;

    private static readonly string[] Loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Tiff"];

    static ImageDecoder()
    {
        // Images are the unit of parallel work here; libvips' own threads and its cache of results would only cost.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // What libvips warns of, the exception says.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders)
            Operation.Block("VipsForeignLoad" + loader, false);
    }

    /// <summary>File extensions that are taken for pictures, in lower case with the dot.</summary>
    public static IReadOnlySet<string> Extensions { get; } = new SortedSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff",
    };

    /// <summary>Reads, decodes and resizes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="transform">The output's size, and which part of the picture it shows.</param>
    /// <param name="random">Draws a training picture's cut; null for evaluation.</param>
    /// <param name="target">The output, (H,W,3) bytes.</param>
    /// <exception cref="UnreadableImageException">The file cannot be read or is not a whole picture.</exception>
    public static void Decode(string path, ImageTransform transform, Philox? random, ArraySegment<byte> target) => Decode(ReadFile(path), path, transform, random, target);

    /// <summary>Decodes and resizes a picture in memory.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="transform">The output's size, and which part of the picture it shows.</param>
    /// <param name="random">Draws a training picture's cut; null for evaluation.</param>
    /// <param name="target">The output, (H,W,3) bytes.</param>
    /// <exception cref="UnreadableImageException">It is not a whole picture.</exception>
    public static void Decode(byte[] file, string name, ImageTransform transform, Philox? random, ArraySegment<byte> target)
    {
        var side = transform.Size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Count, side * side * Channels);
        try
        {
            using var steps = new ImageSteps(Open(file, name, 1));
            var place = transform.Place(steps.Image.Width, steps.Image.Height, random);
            var shrink = JpegShrink(steps.Image, place);
            if (shrink > 1)
            {
                steps.Restart(Open(file, name, shrink));
                place = Scaled(place, steps.Image, shrink);
            }

            steps.ToRgb();
            steps.Cut(place.CropX, place.CropY, place.CropWidth, place.CropHeight);
            Finish(steps.Image, place, target, side);
        }
        catch (VipsException e)
        {
            throw new UnreadableImageException(name, Reason(e, file.Length), e);
        }
    }

    /// <summary>A picture's size in pixels, from its header.</summary>
    /// <exception cref="UnreadableImageException">The file cannot be read or is not a picture.</exception>
    public static (int Width, int Height) Measure(string path)
    {
        var file = ReadFile(path);
        try
        {
            using var image = Open(file, path, 1);
            return (image.Width, image.Height);
        }
        catch (VipsException e)
        {
            throw new UnreadableImageException(path, Reason(e, file.Length), e);
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaxFileBytes ? File.ReadAllBytes(path) : throw new UnreadableImageException(path, $"it has {length} bytes, more than {MaxFileBytes}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableImageException(path, File.Exists(path) ? e.Message.Split('\n')[0] : "file not found", e);
        }
    }

    private static Image Open(byte[] file, string name, int shrink)
    {
        if (file.Length == 0)
            throw new UnreadableImageException(name, "it is empty");
        var image = shrink == 1
            ? Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error)
            : Image.JpegloadBuffer(file, shrink: shrink, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        if ((long)image.Width * image.Height <= MaxPixels)
            return image;
        using (image)
            throw new UnreadableImageException(name, $"its header says {image.Width}x{image.Height}, more than {MaxPixels} pixels");
    }

    private static int JpegShrink(Image image, ImagePlacement place)
    {
        var factor = Math.Min((double)place.CropWidth / place.Width, (double)place.CropHeight / place.Height) / 2;
        if (factor < 2 || image.Get("vips-loader") as string != "jpegload_buffer")
            return 1;
        return factor >= 8 ? 8 : factor >= 4 ? 4 : 2;
    }

    private static ImagePlacement Scaled(ImagePlacement place, Image image, int shrink)
    {
        var (x, y) = (place.CropX / shrink, place.CropY / shrink);
        return place with
        {
            CropX = x,
            CropY = y,
            CropWidth = Math.Clamp((place.CropWidth + (shrink / 2)) / shrink, 1, image.Width - x),
            CropHeight = Math.Clamp((place.CropHeight + (shrink / 2)) / shrink, 1, image.Height - y),
        };
    }

    /// <summary>Reads the cut part, and resizes it where it is not of the output's size.</summary>
    private static void Finish(Image part, ImagePlacement place, ArraySegment<byte> target, int side)
    {
        // A region is computed on this thread; writing to memory would hand every picture to a thread of libvips'.
        using var region = Region.New(part);
        var fetched = region.Fetch(0, 0, part.Width, part.Height);
        var bytes = ArrayPool<byte>.Shared.Rent(fetched.Length + ResampleRows.Padding);
        fetched.CopyTo(bytes, 0);
        ImageResampler.Resize(bytes, part.Width, part.Height, place, target, side);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static string Reason(VipsException e, int length)
    {
        var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"{string.Join("; ", lines.Skip(1).Distinct().Take(2).DefaultIfEmpty(lines.FirstOrDefault() ?? "damaged"))} (the file has {length} bytes)";
    }
}
