using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>Batches made ahead by threads: the same whatever their number, the same as from memory, and bounded.</summary>
public sealed class StreamingTests
{
    private const int Batch = 5;
    private const int Size = 16;

    [Theory]
    [InlineData("fit")]
    [InlineData("simclr")]
    [InlineData("imagenet")]
    public void BatchesDoNotDependOnTheWorkers(string transform)
    {
        using var folder = PictureFolder.Classes(6, ".jpg");
        var one = Batches(Pixels(folder, transform, "0"), 1, [0, 1, 2, 3, 4, 5, 6, 7]);
        foreach (var workers in new[] { 2, 5 })
            Assert.Equal(one, Batches(Pixels(folder, transform, "0"), workers, [0, 1, 2, 3, 4, 5, 6, 7]));

        // A resumed run starts in the middle; a weighting step every other step leaves out batches.
        Assert.Equal(one[4..], Batches(Pixels(folder, transform, "0"), 2, [4, 5, 6, 7]));
        Assert.Equal([one[1], one[3], one[2]], Batches(Pixels(folder, transform, "0"), 2, [1, 3, 2]));
        Assert.Equal(one.Count, one.Distinct().Count());
    }

    [Fact]
    public void StreamedAndResidentBatchesAreTheSame()
    {
        using var folder = PictureFolder.Classes(6);
        var resident = Pixels(folder, "fit", "512");
        Assert.NotEmpty(resident.Blocks);
        Assert.Equal(Batches(resident, 2, [0, 1, 2, 9]), Batches(Pixels(folder, "fit", "0"), 2, [0, 1, 2, 9]));
    }

    [Fact]
    public void AnEvaluationSeesEveryImageOnceUncut()
    {
        using var folder = PictureFolder.Classes(4, ".jpg");
        var pixels = Pixels(folder, "simclr", "0");
        using var device = DeviceFactory.Open("host", 2);
        using var images = DeviceImages.Create(device, pixels, PixelScale.Unit, 3);
        using var batches = images.Batches(new EvaluationOrder([.. Enumerable.Range(0, 12)], Batch));
        using var memory = device.Allocate<float>(Batch * pixels.ImageLength);
        var expected = new byte[pixels.ImageLength];
        for (var step = 0; step < 3; step++)
        {
            batches.Move(step);
            batches.Load(Input(memory));
            var values = memory.View.ToArray();
            for (var i = 0; i < Batch; i++)
            {
                Assert.Equal((step * Batch) + i < 12 ? (step * Batch) + i : step * Batch, batches.Indices[i]);
                pixels.Read(batches.Indices[i], null, expected);
                Assert.Equal(expected.Select(b => b / 255f), values[(i * pixels.ImageLength)..((i + 1) * pixels.ImageLength)]);
            }
        }
    }

    [Fact]
    public void ADamagedFileFailsTheBatchThatWantsIt()
    {
        using var folder = PictureFolder.Classes(6, ".jpg");
        var pixels = Pixels(folder, "simclr", "0");
        File.WriteAllText(folder.At("train/class1/002.jpg"), "damaged later");
        using var device = DeviceFactory.Open("host", 2);
        using var images = DeviceImages.Create(device, pixels, PixelScale.Unit, 2);
        var order = new Sampler([.. Enumerable.Range(0, 18)], 3, 1, 1, augment: true);
        using var batches = images.Batches(order);
        var indices = new int[3];
        var flips = new int[3];
        var damaged = Enumerable.Range(0, 6).First(step =>
        {
            new Sampler([.. Enumerable.Range(0, 18)], 3, 1, 1, augment: true).Fill(step, indices, flips);
            return indices.Contains(8);
        });
        for (var step = 0; step < damaged; step++)
            batches.Move(step);
        var error = Assert.Throws<UnreadableImageException>(() => batches.Move(damaged));
        Assert.EndsWith("002.jpg", error.Path, StringComparison.Ordinal);
    }

    /// <summary>While a step is computed the next three batches are made, and no more than these.</summary>
    [Fact]
    public void TheNextBatchesAreMadeAhead()
    {
        var pixels = new CountingPixels();
        using var device = DeviceFactory.Open("host", 1);
        using var images = DeviceImages.Create(device, pixels, PixelScale.Unit, 2);
        using var batches = images.Batches(new Sampler([.. Enumerable.Range(0, pixels.Count)], Batch, 1, 1, augment: true));
        for (var step = 0; step < 4; step++)
        {
            batches.Move(step);
            var made = (step + 1 + 3) * Batch;
            Assert.True(SpinWait.SpinUntil(() => pixels.Reads >= made, TimeSpan.FromSeconds(30)), $"{pixels.Reads} of {made} images at step {step}");
            Thread.Sleep(20);
            Assert.Equal(made, pixels.Reads);
        }

        Assert.True(batches.Waited > TimeSpan.Zero);
    }

    [Fact]
    public void BlocksOfMemoryAreOneSet()
    {
        var pixels = new MemoryPixels([[1, 2, 3, 4], [], [5, 6], [7, 8, 9, 10, 11, 12]], 1, 2, 1);
        var image = new byte[2];
        Assert.Equal(6, pixels.Count);
        for (var i = 0; i < pixels.Count; i++)
        {
            pixels.Read(i, null, image);
            Assert.Equal([(2 * i) + 1, (2 * i) + 2], image.Select(b => (int)b));
        }
    }

    /// <summary>The memory of a streamed set is that of a few batches: ten times the files change nothing.</summary>
    [Fact]
    public void MemoryDoesNotGrowWithTheFiles()
    {
        using var folder = new PictureFolder();
        folder.Add("a.png", 10, 64, 64);
        folder.Add("b.png", 20, 64, 64);
        var used = new[] { 400, 4000 }.Select(count =>
        {
            File.WriteAllLines(folder.At("m.csv"), ["path,label", .. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? "a.png,0" : "b.png,1")]);
            var pixels = PictureFolder.Load("data", "manifest", "data_root", folder.At("m.csv"), "image_size", "64", "image_cache", "0").Train.Pixels;
            using var device = DeviceFactory.Open("host", 2);
            using var images = DeviceImages.Create(device, pixels, PixelScale.Unit, 2);
            using var batches = images.Batches(new Sampler([.. Enumerable.Range(0, count)], 20, 1, 1, augment: true));
            for (var step = 0; step < count / 20; step++)
                batches.Move(step);
            return (Device: device.PeakBytes, Managed: GC.GetTotalMemory(forceFullCollection: true));
        }).ToArray();
        Assert.Equal(used[0].Device, used[1].Device);
        Assert.True(used[1].Managed - used[0].Managed < 1 << 20, $"{used[0].Managed} bytes with 400 files, {used[1].Managed} with 4000");
    }

    private static PixelSource Pixels(PictureFolder folder, string transform, string cache) => PictureFolder.Load(
        "data", "folder", "data_root", folder.Root, "image_size", $"{Size}", "image_cache", cache, "transform", transform).Train.Pixels;

    /// <summary>Every step's images as text.</summary>
    private static List<string> Batches(PixelSource pixels, int workers, long[] steps)
    {
        using var device = DeviceFactory.Open("host", 2);
        using var images = DeviceImages.Create(device, pixels, PixelScale.ImageNet, workers);
        using var batches = images.Batches(new Sampler([.. Enumerable.Range(0, pixels.Count)], Batch, 3, 1, augment: true));
        using var memory = device.Allocate<float>(Batch * pixels.ImageLength);
        var seen = new List<string>();
        foreach (var step in steps)
        {
            batches.Move(step);
            batches.Load(Input(memory));
            var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.View.ToArray().AsSpan());
            seen.Add(string.Join(" ", batches.Indices) + ": " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)));
        }

        return seen;
    }

    private sealed class CountingPixels() : PixelSource(Size, Size, 3, 18)
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public override void Read(int index, Philox? random, ArraySegment<byte> target) => Interlocked.Increment(ref _reads);
    }

    private static Tensor Input(DeviceBuffer<float> memory) => new(new Shape(Batch, Size, Size, 3), memory.View);
}
