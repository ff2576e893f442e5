using System.Runtime.InteropServices;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Records;

/// <summary>Compares what two runs left behind.</summary>
public static class RunFiles
{
    private static readonly string[] Models = ["model.onnx", "encoder.onnx"];
    private static readonly string[] Tables = ["metrics.csv", "metrics.jsonl", "samples.csv", "confusion.csv"];
    private static readonly string[] WeightTables = ["vnet.csv", "vnet.jsonl"];

    /// <summary>Records hold times, and the configuration the run's name.</summary>
    private static readonly string[] MayDiffer = ["config", "records/names", "records/lengths"];

    /// <summary>Asserts bitwise the same model, metrics, ledger and checkpoints.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var models = Models.Where(file => File.Exists(Path.Combine(expected, file))).ToArray();
        Assert.NotEmpty(models);
        foreach (var file in File.Exists(Path.Combine(expected, WeightTables[0])) ? [.. Tables, .. WeightTables, .. models] : (string[])[.. Tables, .. models])
            Assert.True(File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))), $"{file} differs");
        foreach (var path in Directory.EnumerateFiles(expected, "*.ckpt").Where(p => !p.EndsWith(".previous.ckpt", StringComparison.Ordinal)))
        {
            using var first = CheckpointReader.Open(path);
            using var second = CheckpointReader.Open(Path.Combine(actual, Path.GetFileName(path)));
            Assert.Equal(first.Names, second.Names);
            foreach (var name in first.Names.Except(MayDiffer))
                Assert.True(Bytes(first, name).SequenceEqual(Bytes(second, name)), $"{Path.GetFileName(path)}, section {name} differs");
        }
    }

    /// <summary>Asserts that every checkpoint of a run, at whatever moment it was stopped, is whole.</summary>
    /// <returns>How many there are.</returns>
    public static int AssertCheckpointsReadable(string run)
    {
        var files = Directory.Exists(run) ? Directory.GetFiles(run, "*.ckpt") : [];
        foreach (var file in files)
            CheckpointReader.Open(file).Dispose();
        return files.Length;
    }

    private static ReadOnlySpan<byte> Bytes(CheckpointReader reader, string name) => name switch
    {
        _ when Try(() => reader.GetFloats(name)) is { } floats => MemoryMarshal.AsBytes(floats.AsSpan()),
        _ when Try(() => reader.GetDoubles(name)) is { } doubles => MemoryMarshal.AsBytes(doubles.AsSpan()),
        _ when Try(() => reader.GetLongs(name)) is { } longs => MemoryMarshal.AsBytes(longs.AsSpan()),
        _ when Try(() => reader.GetInts(name)) is { } ints => MemoryMarshal.AsBytes(ints.AsSpan()),
        _ => MemoryMarshal.AsBytes(reader.GetText(name).AsSpan()),
    };

    private static T[]? Try<T>(Func<T[]> read)
    {
        try
        {
            return read();
        }
        catch (RecordException)
        {
            return null;
        }
    }
}
