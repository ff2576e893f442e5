using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Random views: the same bits on every device and with any number of threads, and the transforms they are named after.</summary>
public sealed class ViewChecks
{
    private const int Size = 8;
    private const int Images = 5;
    private static readonly ViewDraw Same = new(0, 0, Size, Size, 0, 0, 0, 0, 0, 0, 0);

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void EveryDeviceMakesTheSameViews(string id)
    {
        const int n = 24;
        var draws = new ViewDraw[n];
        new PairOrder([0, 1, 2, 3, 4], 3, new ViewRecipe(0.08, 1), 5, 9).FillViews(3, Size, Size, draws.AsSpan(0, 6));
        var recipe = new ViewRecipe(0.2, 0.5);
        for (var i = 6; i < n; i++)
            draws[i] = recipe.Draw(new Philox(11, (ulong)i), Size, Size);
        var indices = Enumerable.Range(0, n).Select(i => i * 3 % Images).ToArray();
        using var one = new HostDevice(1);
        var expected = Make(one, indices, draws);
        Assert.Equal(expected, Make(TestDevices.Get(id), indices, draws));
        Assert.True(expected.Distinct().Count() > 100);
    }

    [Fact]
    public void WithoutChanceAViewIsItsImage()
    {
        var view = Make(TestDevices.Get("host"), [2], [Same]);
        Assert.Equal(Pixels().Skip(2 * Size * Size * 3).Take(Size * Size * 3).Select(b => PixelScale.ImageNet.Map(b, 0)).First(), view[0]);
        var unit = Bytes([2], Same);
        Assert.Equal(Pixels().Skip(2 * Size * Size * 3).Take(Size * Size * 3).Select(b => (int)b), unit);
        Assert.Equal(unit, Bytes([2], Same with { Order = ViewColours.Hue }));
    }

    [Fact]
    public void ChangesAreTheFormulas()
    {
        var mirrored = Bytes([1], Same with { Flip = 1 });
        var plain = Bytes([1], Same);
        for (var i = 0; i < Size * Size; i++)
            Assert.Equal(plain[3 * i], mirrored[3 * ((i / Size * Size) + Size - 1 - (i % Size))]);
        for (var i = 0; i < Size * Size; i++)
        {
            var (r, g, b) = (plain[3 * i], plain[(3 * i) + 1], plain[(3 * i) + 2]);
            var luma = (0.299 * r) + (0.587 * g) + (0.114 * b);
            Check(0.4 * r, Bytes([1], Same with { Order = ViewColours.Brightness, Brightness = Fixed(0.4) })[3 * i], 0.5);
            Check(Math.Clamp(luma + (1.7 * (g - luma)), 0, 255), Bytes([1], Same with { Order = ViewColours.Saturation, Saturation = Fixed(1.7) })[(3 * i) + 1], 0.5 + (0.7 * 0.5));
            Check(luma, Bytes([1], Same with { Grey = 1 })[(3 * i) + 2], 0.51);
        }
    }

    [Fact]
    public void ContrastMovesTowardsTheMeanOfTheView()
    {
        var plain = Bytes([1], Same);
        var mean = Enumerable.Range(0, Size * Size).Average(i => (0.299 * plain[3 * i]) + (0.587 * plain[(3 * i) + 1]) + (0.114 * plain[(3 * i) + 2]));
        var view = Bytes([1], Same with { Order = ViewColours.Contrast, Contrast = Fixed(0.25) });
        for (var i = 0; i < plain.Length; i++)
            Check((0.25 * plain[i]) + (0.75 * mean), view[i], 0.5 + 0.75);

        // After the brightness, its mean is the mean.
        var both = Bytes([1], Same with { Order = ViewColours.Brightness | (ViewColours.Contrast << ViewColours.CodeBits), Brightness = Fixed(0.5), Contrast = 0 });
        Assert.All(both, v => Check(mean / 2, v, 1.01));
    }

    [Fact]
    public void AThirdOfATurnExchangesChannels()
    {
        var plain = Bytes([3], Same);
        var turned = Bytes([3], Same with { Order = ViewColours.Hue, Hue = ViewColours.Turn / 3 });
        for (var i = 0; i < plain.Length; i += 3)
            Assert.Equal((plain[i], plain[i + 1], plain[i + 2]), (turned[i + 1], turned[i + 2], turned[i]));
    }

    [Fact]
    public void PartsAreEnlargedBilinearly()
    {
        var plain = Bytes([4], Same);
        var part = Bytes([4], Same with { X = 3, Y = 2, W = 3, H = 5 });
        for (var h = 0; h < Size; h++)
            for (var w = 0; w < Size; w++)
            {
                var (y, x) = (Math.Clamp(((h + 0.5) * 5 / Size) - 0.5, 0, 4), Math.Clamp(((w + 0.5) * 3 / Size) - 0.5, 0, 2));
                double sum = 0;
                for (var r = 0; r < 5; r++)
                    for (var c = 0; c < 3; c++)
                        sum += Math.Max(0, 1 - Math.Abs(y - r)) * Math.Max(0, 1 - Math.Abs(x - c)) * plain[3 * (((r + 2) * Size) + c + 3)];
                Check(sum, part[3 * ((h * Size) + w)], 0.75);
            }
    }

    [Fact]
    public void AStepShowsItsImagesTwice()
    {
        var order = new PairOrder([7, 3, 9, 1, 0, 2, 8, 6], 4, new ViewRecipe(0.08, 0.5), 2, 1);
        var seen = new HashSet<ViewDraw>();
        for (var step = 0; step < 6; step++)
        {
            var (indices, views) = (new int[8], new ViewDraw[8]);
            order.Fill(step, indices, []);
            order.FillViews(step, 32, 32, views);
            Assert.Equal(indices[..4], indices[4..]);
            Assert.Equal(4, indices.Distinct().Count());
            Assert.All(views, v => Assert.True(seen.Add(v)));
            var again = new ViewDraw[8];
            new PairOrder([7, 3, 9, 1, 0, 2, 8, 6], 4, new ViewRecipe(0.08, 0.5), 2, 1).FillViews(step, 32, 32, again);
            Assert.Equal(views, again);
        }
    }

    [Fact]
    public void DrawsHaveTheRecipesFrequencies()
    {
        const int n = 20_000;
        var recipe = new ViewRecipe(0.08, 0.5);
        var draws = Enumerable.Range(0, n).Select(i => recipe.Draw(new Philox(1, (ulong)i), 32, 32)).ToArray();
        Check(0.8, draws.Average(d => d.Order == 0 ? 0.0 : 1), 0.015);
        Check(0.2, draws.Average(d => (double)d.Grey), 0.015);
        Check(0.5, draws.Average(d => (double)d.Flip), 0.015);
        Check(MeanArea(0.08), draws.Average(d => d.W * d.H / 1024.0), 0.01);
        Assert.Equal(25, draws.Select(d => d.Order).Distinct().Count());
        Assert.All(draws, d => Assert.True(d.X >= 0 && d.Y >= 0 && d.X + d.W <= 32 && d.Y + d.H <= 32 && d.W * d.H >= 60));
        Assert.All(draws, d => Assert.True(Math.Abs(d.Hue) <= (0.1 * ViewColours.Turn) + 1 && d.Brightness >= Fixed(0.6) - 1 && d.Contrast <= Fixed(1.4) + 1));
    }

    /// <summary>Mean share of a square of 32 x 32 that parts show: areas uniform, ratios log-uniform in [3/4, 4/3], those that do not fit drawn again.</summary>
    private static double MeanArea(double lower)
    {
        const int points = 500;
        double sum = 0;
        var count = 0;
        for (var i = 0; i < points; i++)
            for (var j = 0; j < points; j++)
            {
                var area = 1024 * (lower + ((1 - lower) * (i + 0.5) / points));
                var ratio = Math.Exp(Math.Log(4.0 / 3) * ((2 * (j + 0.5) / points) - 1));
                var (w, h) = (Math.Round(Math.Sqrt(area * ratio)), Math.Round(Math.Sqrt(area / ratio)));
                if (w > 32 || h > 32)
                    continue;
                sum += w * h / 1024;
                count++;
            }

        return sum / count;
    }

    private static void Check(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{expected:R} expected within {tolerance}, {actual:R} came");

    private static int Fixed(double factor) => (int)Math.Round(factor * ViewColours.One);

    private static byte[] Pixels()
    {
        var pixels = new byte[Images * Size * Size * 3];
        new Random(4).NextBytes(pixels);
        return pixels;
    }

    /// <summary>A view's bytes.</summary>
    private static int[] Bytes(int[] indices, ViewDraw draw) => [.. Make(TestDevices.Get("host"), indices, [draw], PixelScale.Unit).Select(v => (int)Math.Round(v * 255))];

    private static float[] Make(Device device, int[] indices, ViewDraw[] draws, PixelScale? scale = null)
    {
        var y = Near.Upload<float>(device, new float[indices.Length * Size * Size * 3]);
        device.Views.Make(
            new GatherShape(indices.Length, Size, Size, 3), Near.Upload<byte>(device, Pixels()), Near.Upload<int>(device, indices), Near.Upload<ViewDraw>(device, draws), scale ?? PixelScale.ImageNet, y);
        return y.ToArray();
    }
}
