using System.Globalization;
using CudaNoisy.Tests.Records;
using CudaNoisy.Training;
using CudaNoisy.Training.TensorBoard;
using SkiaSharp;

namespace CudaNoisy.Tests.Reports;

/// <summary>The event file, read back by <see cref="EventReader"/>.</summary>
public sealed class EventFileTests(TinyRun run) : IClassFixture<TinyRun>
{
    private const string Version = "brain.Event:2";
    private static readonly string[] NotInTheTable = ["seconds", "images/per_second"];

    [Fact]
    public void TheReadersChecksumIsCrc32C()
    {
        // RFC 3720, B.4, and the check value of the CRC catalogue.
        Assert.Equal(0xE3069283u, EventReader.Crc32C("123456789"u8));
        Assert.Equal(0x8A9136AAu, EventReader.Crc32C(new byte[32]));
    }

    [Fact]
    public void TheFileBeginsLikeTensorFlows()
    {
        // The first record is 24 bytes long in every event file; this is its length with the masked checksum, and the tag of wall_time.
        byte[] expected = [0x18, 0, 0, 0, 0, 0, 0, 0, 0xA3, 0x7F, 0x4B, 0x22, 0x09];
        Assert.Equal(expected, File.ReadAllBytes(run.PathOf(RunFolder.EventsFile))[..expected.Length]);
    }

    [Fact]
    public void EveryNumberOfTheTableIsInTheFile()
    {
        var events = Read();
        Assert.Equal([Version], events.Versions);
        Assert.All(events.Times, time => Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - time, -1, 3600));
        var lines = File.ReadAllLines(run.PathOf("metrics.csv")).Select(l => l.Split(',')).ToArray();
        var expected = new Dictionary<(long, string), float>();
        foreach (var line in lines[1..])
        {
            for (var i = 1; i < line.Length; i++)
            {
                if (line[i].Length > 0 && line[i] != "NaN")
                    expected[(long.Parse(line[0], CultureInfo.InvariantCulture), Tag(lines[0][i]))] = (float)double.Parse(line[i], CultureInfo.InvariantCulture);
            }
        }

        Assert.Equal(24, expected.Keys.Max(k => k.Item1));
        Assert.Equal(expected.OrderBy(p => p.Key), events.Scalars.Where(p => !NotInTheTable.Contains(p.Key.Tag)).OrderBy(p => p.Key));
    }

    [Fact]
    public void HistogramsCountEveryImageAndEveryParameter()
    {
        var events = Read();
        foreach (var step in new[] { 8L, 16, 24 })
        {
            // 8 steps of 32 images between two evaluations.
            foreach (var what in new[] { "sample_weights", "sample_losses" })
                Assert.Equal(256, events.Histograms[(step, what + "/kept")].Count + events.Histograms[(step, what + "/changed")].Count);
            Assert.Equal(10 * 16, events.Histograms[(step, "parameters/linear_layer.weight")].Count);
        }

        foreach (var histogram in events.Histograms.Values)
        {
            Assert.Equal(histogram.Count, histogram.Counts.Sum());
            Assert.Equal(histogram.Limits.Length, histogram.Counts.Length);
            Assert.Equal(histogram.Limits.Order(), histogram.Limits);
            Assert.Equal(histogram.Max, histogram.Limits[^1]);
            Assert.InRange(histogram.Sum, histogram.Min * histogram.Count, histogram.Max * histogram.Count);
        }
    }

    [Fact]
    public void AHistogramIsWhatItsNumbersSay()
    {
        var histogram = Histogram.Of([0, 1, 1, 2, 40, float.NaN, float.PositiveInfinity]);
        Assert.Equal((0.0, 40.0, 5.0, 44.0, 1606.0), (histogram.Min, histogram.Max, histogram.Num, histogram.Sum, histogram.SumSquares));
        Assert.Equal([1, 2, 1], histogram.Bucket.Take(3));
        Assert.Equal(1, histogram.Bucket[^1]);
        Assert.Equal([1, 2, 3], histogram.BucketLimit.Take(3));
        Assert.Equal([7.0], Histogram.Of([3, 3, 3, 3, 3, 3, 3]).Bucket);
    }

    [Fact]
    public void TheCurveIsAPictureWithALine()
    {
        var pictures = Read().Pictures;
        Assert.Equal([8, 16, 24], pictures.Keys.Where(k => k.Tag == "vnet/V(l)").Select(k => k.Step).Order());
        foreach (var (width, height, png) in pictures.Values)
        {
            using var bitmap = SKBitmap.Decode(png);
            Assert.Equal((width, height), (bitmap.Width, bitmap.Height));
            Assert.True(bitmap.Pixels.Count(p => p.Blue > p.Green + 40 && p.Red > p.Green + 20) > 500, "a purple curve expected");
        }
    }

    [Fact]
    public void EveryFlippedBitOfTheFileIsSeen()
    {
        var bytes = File.ReadAllBytes(run.PathOf(RunFolder.EventsFile));
        for (var i = 0; i < 500; i++)
        {
            var damaged = bytes[..1000];
            damaged[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<InvalidDataException>(() => EventReader.Read(damaged));
        }
    }

    private static string Tag(string column) => column.IndexOf('_', StringComparison.Ordinal) is >= 0 and var at ? column[..at] + "/" + column[(at + 1)..] : column;

    private EventReader.Contents Read() => EventReader.Read(File.ReadAllBytes(run.PathOf(RunFolder.EventsFile)));
}
