using CudaNoisy.Training;

namespace CudaNoisy.Tests.Records;

/// <summary>Checkpoints come back as they were, or not at all.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    private string File1 => Path.Combine(_folder, "last.ckpt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SectionsComeBack()
    {
        Save(1);
        using var reader = CheckpointReader.Open(File1);
        Assert.Equal([1f, 2, 3], reader.GetFloats("floats"));
        Assert.Equal([4, 5], reader.GetInts("ints"));
        Assert.Equal(1L, reader.GetLong("step"));
        Assert.Equal("a: b\n", reader.GetText("text"));
        Assert.Throws<RecordException>(() => reader.GetFloats("ints"));
        Assert.Throws<RecordException>(() => reader.GetFloats("absent"));
    }

    [Fact]
    public void EveryCutAndEveryFlippedBitIsSeen()
    {
        Save(1);
        var bytes = File.ReadAllBytes(File1);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(File1, bytes[..length]);
            Assert.Throws<RecordException>(() => CheckpointReader.Open(File1).Dispose());
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(File1, damaged);
            Assert.Throws<RecordException>(() => CheckpointReader.Open(File1).Dispose());
        }
    }

    [Fact]
    public void TheOneBeforeAnswersForADamagedOne()
    {
        var store = new CheckpointStore(_folder);
        store.Save("last", w => w.Add("step", 1L));
        store.Save("last", w => w.Add("step", 2L));
        File.WriteAllBytes(store.PathOf("last"), [1, 2, 3]);
        using var reader = store.Open("last", out var warning);
        Assert.Equal(1L, reader.GetLong("step"));
        Assert.Contains("last.ckpt", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFile()
    {
        Save(1);
        Assert.Throws<InvalidOperationException>(() => CheckpointWriter.Save(File1, w =>
        {
            w.Add("step", 2L);
            throw new InvalidOperationException();
        }));
        using var reader = CheckpointReader.Open(File1);
        Assert.Equal(1L, reader.GetLong("step"));
        Assert.Equal([File1], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void TheLedgerCountsAndComesBack()
    {
        var ledger = new SampleLedger([3, 4], [3, 5], row => $"image {row}");
        ledger.Add([0, 1], [3, 5], [0.5f, 0.25f], [1f, 2f], [0.5f, 1f]);
        ledger.Add([0], [2], [0.75f], [3f], [1f]);
        CheckpointWriter.Save(File1, ledger.Save);
        var again = new SampleLedger([3, 4], [3, 5], row => $"image {row}");
        using (var reader = CheckpointReader.Open(File1))
            again.Load(reader);
        Assert.Equal(ledger[0], again[0]);
        Assert.Equal(new SampleRecord("image 0", 3, 3, 2, 0.75f, 2, 0.75, 1, 2), again[0]);
        var csv = Path.Combine(_folder, "samples.csv");
        SampleTable.Write(csv, again);
        Assert.Equal(again.ToArray(), SampleTable.Read(csv).ToArray());
    }

    private void Save(long step) => CheckpointWriter.Save(File1, w =>
    {
        w.Add("step", step);
        w.Add("floats", [1f, 2, 3]);
        w.Add("ints", [4, 5]);
        w.Add("text", "a: b\n");
    });
}
