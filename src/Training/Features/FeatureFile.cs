using System.Runtime.InteropServices;
using System.Text.Json;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Inference;

namespace CudaNoisy.Training;

/// <summary>Features in a .npy file that grows batch by batch under another name; a pass that was broken off goes on behind the last whole batch.</summary>
/// <remarks>Beside <c>FILE.partial</c> lies <c>FILE.partial.json</c>, which says what is being extracted: a pass of other images or of another network starts anew.</remarks>
public static class FeatureFile
{
    private const string Partial = ".partial";
    private const string Note = ".partial.json";
    private const long BytesBetweenFlushes = 8L << 20;

    /// <summary>Everything that features depend on.</summary>
    /// <param name="encoder">The network's file.</param>
    /// <param name="model">The network.</param>
    /// <param name="pool">See <see cref="OnnxRuntimeOptions.Pool"/>.</param>
    /// <param name="scale">What the network wants as its input.</param>
    /// <param name="images">The images.</param>
    /// <param name="options">Where they come from and how they are cut.</param>
    public static Dictionary<string, string> Identity(string encoder, OnnxRuntimeModel model, string pool, PixelScale scale, ImageSet images, DataOptions options) => new()
    {
        ["encoder"] = DataFingerprint.OfFile(encoder),
        ["output"] = model.Output,
        ["pool"] = pool,
        ["scale"] = scale.ToString(),
        ["images"] = DataFingerprint.Of(images, options),
    };

    /// <summary>Extracts features into a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="extractor">Network and images.</param>
    /// <param name="indices">The images.</param>
    /// <param name="identity">Everything the features depend on.</param>
    /// <param name="progress">Hears how many rows are done, the first time before any is computed.</param>
    /// <param name="cancel">Stops between batches; what is done stays.</param>
    /// <exception cref="InputException">A picture is unreadable or the network fails.</exception>
    /// <exception cref="RecordException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, FeatureExtractor extractor, int[] indices, IReadOnlyDictionary<string, string> identity, Action<int> progress, CancellationToken cancel)
    {
        try
        {
            using (var stream = Open(path, extractor, indices.Length, identity, out var done))
            {
                progress(done);
                long unflushed = 0;
                extractor.Run(indices.AsMemory(done), (first, rows) =>
                {
                    var bytes = MemoryMarshal.AsBytes(rows.Span);
                    stream.Write(bytes);
                    unflushed += bytes.Length;
                    if (unflushed >= BytesBetweenFlushes)
                    {
                        stream.Flush(flushToDisk: true);
                        unflushed = 0;
                    }

                    progress(done + first + (rows.Length / extractor.Features));
                }, cancel);
                stream.Flush(flushToDisk: true);
            }

            File.Move(path + Partial, path, overwrite: true);
            File.Delete(path + Note);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(path, "writing", cause);
        }
    }

    private static FileStream Open(string path, FeatureExtractor extractor, int count, IReadOnlyDictionary<string, string> identity, out int done)
    {
        using var header = new MemoryStream();
        NpyFile.Write(header, [count, extractor.Features], ReadOnlySpan<float>.Empty);
        var note = JsonSerializer.Serialize(new SortedDictionary<string, string>(identity.ToDictionary(), StringComparer.Ordinal)
        {
            ["rows"] = FormattableString.Invariant($"{count} x {extractor.Features} in batches of {extractor.BatchSize}"),
        });
        done = 0;
        if (File.Exists(path + Partial) && File.Exists(path + Note) && File.ReadAllText(path + Note) == note)
        {
            var batch = sizeof(float) * (long)extractor.Features * extractor.BatchSize;
            var whole = Math.Max(0, new FileInfo(path + Partial).Length - header.Length) / batch;
            done = (int)Math.Min(whole * extractor.BatchSize, count);
        }

        AtomicFile.WriteText(path + Note, note);
        var stream = new FileStream(path + Partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        stream.SetLength(done == 0 ? 0 : header.Length + (sizeof(float) * (long)extractor.Features * done));
        if (done == 0)
            stream.Write(header.ToArray());
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }
}
