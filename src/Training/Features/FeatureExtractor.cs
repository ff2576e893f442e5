using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;

namespace CudaNoisy.Training;

/// <summary>Sends images through an ONNX network, batch by batch; the next batch is read while one is computed.</summary>
/// <remarks>The last batch is filled up with its first image, so that every row is computed in a batch of one size: the rows do not depend on where a broken-off pass went on.</remarks>
public sealed class FeatureExtractor
{
    private readonly OnnxRuntimeModel _model;
    private readonly PixelSource _pixels;
    private readonly ImageBatchReader _reader;

    /// <summary>Binds a network to images.</summary>
    /// <param name="model">The network.</param>
    /// <param name="images">The images.</param>
    /// <param name="scale">What the network wants as its input.</param>
    /// <param name="batch">Images at a time.</param>
    /// <param name="workers">Threads that read and decode.</param>
    /// <exception cref="InputException">The images do not fit.</exception>
    public FeatureExtractor(OnnxRuntimeModel model, ImageSet images, PixelScale scale, int batch, int workers)
    {
        _model = model;
        _pixels = images.Pixels;
        model.CheckInput(images.Name, images.H, images.W, images.C);
        BatchSize = model.FixedBatch > 0 ? model.FixedBatch : batch;
        _reader = new ImageBatchReader(_pixels, scale, workers);
        if (_reader.Length(BatchSize) > Array.MaxLength)
            throw new InputException($"--batch_size: at most {Array.MaxLength / _pixels.ImageLength} images of this size expected, {BatchSize} came");
        Features = model.Measure(images.H, images.W, images.C);
    }

    /// <summary>Images at a time.</summary>
    public int BatchSize { get; }

    /// <summary>Numbers an image gives.</summary>
    public int Features { get; }

    /// <summary>Runs images.</summary>
    /// <param name="indices">The images, by number in the set.</param>
    /// <param name="rows">Takes the next rows: the place of the first in <paramref name="indices"/>, and (rows, features).</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <exception cref="InputException">A picture is unreadable or the network fails.</exception>
    public void Run(ReadOnlyMemory<int> indices, Action<int, ReadOnlyMemory<float>> rows, CancellationToken cancel)
    {
        var buffers = new[] { new float[_reader.Length(BatchSize)], new float[_reader.Length(BatchSize)] };
        var reading = Read(indices, 0, buffers[0]);
        for (var first = 0; first < indices.Length; first += BatchSize)
        {
            Wait(reading);
            cancel.ThrowIfCancellationRequested();
            var now = buffers[first / BatchSize % 2];
            if (first + BatchSize < indices.Length)
                reading = Read(indices, first + BatchSize, buffers[((first / BatchSize) + 1) % 2]);
            var count = Math.Min(BatchSize, indices.Length - first);
            try
            {
                rows(first, _model.Run(now, BatchSize, _pixels.H, _pixels.W, _pixels.C).AsMemory(0, count * Features));
            }
            catch
            {
                // The reader must be done with its buffer and its files before anybody goes on.
                Task.WaitAny(reading);
                throw;
            }
        }
    }

    private Task Read(ReadOnlyMemory<int> indices, int first, float[] buffer) => Task.Run(() =>
    {
        var count = Math.Min(BatchSize, indices.Length - first);
        _reader.Read(indices.Slice(first, count), buffer);
        for (var i = count; i < BatchSize; i++)
            Array.Copy(buffer, 0, buffer, i * _pixels.ImageLength, _pixels.ImageLength);
    });

    private static void Wait(Task reading) => reading.GetAwaiter().GetResult();
}
