using CudaNoisy.Kernels.Host;
using CudaNoisy.Training;
using NetVips;

namespace CudaNoisy.Tests.Data;

/// <summary>Pictures against Pillow's resampling (bit for bit), and CIFAR's lossless pixels; damaged and hostile files.</summary>
public sealed class ImageDecoderTests : IDisposable
{
    /// <summary>Mean share of a 300x200 picture that torchvision's RandomResizedCrop(scale=(0.08, 1)) shows, over 20,000 draws.</summary>
    private const double TorchvisionMean = 0.390;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cubic16.png", 16, 0, 0, 40, 30, ResampleFilter.Cubic)]
    [InlineData("linear16.png", 16, 0, 0, 40, 30, ResampleFilter.Linear)]
    [InlineData("cubic64.png", 64, 0, 0, 40, 30, ResampleFilter.Cubic)]
    [InlineData("crop16.png", 16, 3, 2, 30, 23, ResampleFilter.Cubic)]
    public void ResizesLikePillow(string golden, int size, int x, int y, int width, int height, ResampleFilter filter)
    {
        var actual = Decode(Pillow("source.png"), new Fixed(size, new ImagePlacement(x, y, width, height, size, size, 0, 0, filter)));
        var expected = Decode(Pillow(golden), new Fixed(size, new ImagePlacement(0, 0, size, size, size, size, 0, 0, filter)));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("grey.png", 1, false, Enums.BandFormat.Uchar)]
    [InlineData("grey-alpha.png", 1, true, Enums.BandFormat.Uchar)]
    [InlineData("alpha.png", 3, true, Enums.BandFormat.Uchar)]
    [InlineData("deep.png", 3, false, Enums.BandFormat.Ushort)]
    [InlineData("grey.jpg", 1, false, Enums.BandFormat.Uchar)]
    [InlineData("colour.tif", 3, false, Enums.BandFormat.Uchar)]
    [InlineData("colour.webp", 3, false, Enums.BandFormat.Uchar)]
    public void EveryKindOfPictureBecomesRgb(string name, int bands, bool alpha, Enums.BandFormat format)
    {
        var path = Path.Combine(_folder, name);
        var unit = format == Enums.BandFormat.Ushort ? 257 : 1;
        using (var plain = Image.Black(8, 8, bands) + Enumerable.Range(0, bands).Select(i => (double)(100 + (40 * i)) * unit).ToArray())
        using (var cast = plain.Cast(format))
        using (var typed = cast.Copy(interpretation: bands == 1 ? Enums.Interpretation.Bw : unit > 1 ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb))
        using (var whole = alpha ? typed.Bandjoin(128.0) : typed.Copy())
            whole.WriteToFile(path);
        var pixels = Decode(path, TransformRegistry.Create("fit", 8));
        for (var i = 0; i < pixels.Length; i++)
            Assert.InRange(pixels[i], 100 + (bands == 1 ? 0 : 40 * (i % 3)) - 4, 100 + (bands == 1 ? 0 : 40 * (i % 3)) + 4);
    }

    [Fact]
    public void ALargeJpegIsShrunkWhileLoading()
    {
        var path = Path.Combine(_folder, "large.jpg");
        using (var x = Image.Xyz(640, 480))
        using (var ramp = (x[0] * (255.0 / 639)).Bandjoin(x[1] * (255.0 / 479), x[0] * 0).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb))
            ramp.WriteToFile(path);
        var pixels = Decode(path, new Fixed(16, new ImagePlacement(0, 0, 640, 480, 16, 16, 0, 0, ResampleFilter.Cubic)));
        for (var i = 0; i < 16 * 16; i++)
        {
            Assert.InRange(pixels[3 * i], (255.0 * ((i % 16) + 0.5) / 16) - 5, (255.0 * ((i % 16) + 0.5) / 16) + 5);
            Assert.InRange(pixels[(3 * i) + 1], (255.0 * ((i / 16) + 0.5) / 16) - 5, (255.0 * ((i / 16) + 0.5) / 16) + 5);
        }
    }

    [Fact]
    public void CutsAreInsideAndRepeatable()
    {
        foreach (var name in TransformRegistry.Names)
        {
            var transform = TransformRegistry.Create(name, 24, scaleLower: 0.2);
            foreach (var (width, height) in new[] { (40, 30), (30, 300), (1, 1), (24, 24), (500, 20) })
            {
                for (var draw = -1; draw < 50; draw++)
                {
                    var place = transform.Place(width, height, draw < 0 ? null : new Philox(7, (ulong)draw));
                    Assert.Equal(place, transform.Place(width, height, draw < 0 ? null : new Philox(7, (ulong)draw)));
                    Assert.InRange(place.CropX, 0, width - place.CropWidth);
                    Assert.InRange(place.CropY, 0, height - place.CropHeight);
                    Assert.InRange(place.X, 0, place.Width - 24);
                    Assert.InRange(place.Y, 0, place.Height - 24);
                }
            }
        }
    }

    [Fact]
    public void ARandomCutHasTheAreaAsked()
    {
        var transform = TransformRegistry.Create("simclr", 32, scaleLower: 0.08);
        var shares = Enumerable.Range(0, 2000).Select(i => transform.Place(300, 200, new Philox(1, (ulong)i))).Select(p => p.CropWidth * p.CropHeight / 60_000.0).ToArray();
        Assert.InRange(shares.Min(), 0.075, 0.1);
        Assert.InRange(shares.Average(), TorchvisionMean - 0.015, TorchvisionMean + 0.015);
    }

    [Fact]
    public void DamagedAndHostileFilesAreNamed()
    {
        var jpeg = Path.Combine(_folder, "good.jpg");
        using (var noise = Image.Gaussnoise(64, 64, mean: 128, sigma: 40).Cast(Enums.BandFormat.Uchar))
            noise.WriteToFile(jpeg);
        var bytes = File.ReadAllBytes(jpeg);
        AssertUnreadable("cut.jpg", bytes[..(bytes.Length / 2)]);
        AssertUnreadable("tiny.jpg", bytes[..20]);
        AssertUnreadable("empty.jpg", []);
        AssertUnreadable("text.png", "this is not a picture"u8.ToArray());
        AssertUnreadable("script.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray());
        Assert.Contains("60000x60000", AssertUnreadable("bomb.tif", Bomb(60_000)), StringComparison.Ordinal);
        Assert.Throws<UnreadableImageException>(() => Decode(Path.Combine(_folder, "missing.jpg"), TransformRegistry.Create("fit", 8)));
    }

    [SkippableFact]
    public void CifarJpegsAreTheLosslessImages()
    {
        var binary = File.ReadAllBytes(SharedFiles.Require("data", "cifar10", "lossless_test1000.bin"));
        var archive = SharedFiles.Require("data", "cifar10", "test_jpeg.tar.gz");
        var images = TarFiles.Read(archive, 20);
        Assert.Equal(20, images.Count);
        foreach (var (name, file) in images)
        {
            var pixels = new byte[32 * 32 * 3];
            ImageDecoder.Decode(file, name, TransformRegistry.Create("fit", 32), null, pixels);
            var index = int.Parse(Path.GetFileName(name)[..5], System.Globalization.CultureInfo.InvariantCulture);
            var record = binary.AsSpan(index * 3073, 3073).ToArray();
            Assert.Equal(name[^5] - '0', record[0]);
            var difference = Enumerable.Range(0, pixels.Length).Average(i => Math.Abs(pixels[i] - record[1 + ((i % 3) * 1024) + (i / 3)]));
            Assert.True(difference < 12, $"{name}: mean difference {difference} from the lossless image");
        }
    }

    private string AssertUnreadable(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<UnreadableImageException>(() => Decode(path, TransformRegistry.Create("fit", 8)));
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    /// <summary>A TIFF of a few bytes that claims side x side pixels.</summary>
    private static byte[] Bomb(uint side)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        (ushort Tag, ushort Type, uint Value)[] entries = [(256, 4, side), (257, 4, side), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 200), (277, 3, 1), (278, 4, side), (279, 4, 100)];
        writer.Write("II*\0"u8);
        writer.Write(8u);
        writer.Write((ushort)entries.Length);
        foreach (var (tag, type, value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(1u);
            writer.Write(value);
        }

        writer.Write(new byte[300]);
        return file.ToArray();
    }

    private static string Pillow(string name) => Path.Combine(SharedFiles.Repository, "tests/CudaNoisy.Tests/Data/pillow", name);

    private static byte[] Decode(string path, ImageTransform transform)
    {
        var pixels = new byte[transform.Size * transform.Size * 3];
        ImageDecoder.Decode(path, transform, null, pixels);
        return pixels;
    }

    private sealed class Fixed(int size, ImagePlacement placement) : ImageTransform(size)
    {
        public override bool IsRandom => false;

        public override ImagePlacement Place(int width, int height, Philox? random) => placement;
    }
}
