using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Keeps what steps leave on the device and reads it back once every few steps.</summary>
public sealed class StepLog : IDisposable
{
    private readonly DeviceBuffer<float> _floats;
    private readonly DeviceBuffer<int> _predictions;
    private readonly int[] _indices;
    private readonly int _capacity;
    private readonly int _n;
    private readonly long _stride;
    private long _first;
    private int _count;

    /// <summary>A log of up to <paramref name="capacity"/> steps of batches of <paramref name="n"/>.</summary>
    public StepLog(Device device, int capacity, int n)
    {
        _capacity = capacity;
        _n = n;
        _stride = ((2L * n) + StepOutputs.SlotLength + 15) / 16 * 16;
        _floats = device.Allocate<float>(_stride * capacity);
        _predictions = device.Allocate<int>((long)n * capacity);
        _indices = new int[n * capacity];
    }

    /// <summary>Whether it must be read before the next step.</summary>
    public bool IsFull => _count == _capacity;

    /// <summary>The places for a step's outputs.</summary>
    public StepOutputs Next(long step, ReadOnlySpan<int> indices)
    {
        if (_count == 0)
            _first = step;
        indices.CopyTo(_indices.AsSpan(_count * _n));
        var at = _stride * _count;
        var outputs = new StepOutputs(
            new DeviceView<float>(_floats, at, _n), new DeviceView<float>(_floats, at + _n, _n), new DeviceView<int>(_predictions, (long)_n * _count, _n),
            new DeviceView<float>(_floats, at + (2L * _n), StepOutputs.SlotLength));
        _count++;
        return outputs;
    }

    /// <summary>Reads all steps and empties the log.</summary>
    /// <param name="hasWeights">Whether the steps have sample weights.</param>
    public IReadOnlyList<LoggedStep> Read(bool hasWeights)
    {
        var steps = new LoggedStep[_count];
        var floats = new float[_stride * _count];
        var predictions = new int[_n * _count];
        if (_count > 0)
        {
            _floats.CopyTo(floats);
            _predictions.CopyTo(predictions);
        }

        for (var i = 0; i < _count; i++)
        {
            var row = floats.AsSpan((int)(i * _stride), (int)_stride);
            steps[i] = new LoggedStep(
                _first + i, _indices[(i * _n)..((i + 1) * _n)], row[.._n].ToArray(), hasWeights ? row.Slice(_n, _n).ToArray() : [], predictions[(i * _n)..((i + 1) * _n)],
                row[2 * _n] / _n, row[(2 * _n) + 1] / _n, row[(2 * _n) + 4]);
        }

        _count = 0;
        return steps;
    }

    /// <summary>Adds the steps not yet read to a checkpoint.</summary>
    public void Save(CheckpointWriter checkpoint)
    {
        var floats = new float[_stride * _count];
        var predictions = new int[_n * _count];
        if (_count > 0)
        {
            _floats.CopyTo(floats);
            _predictions.CopyTo(predictions);
        }

        checkpoint.Add("log/first", _first);
        checkpoint.Add("log/floats", floats.AsSpan());
        checkpoint.Add("log/predictions", predictions.AsSpan());
        checkpoint.Add("log/indices", _indices.AsSpan(0, predictions.Length));
    }

    /// <summary>Takes the steps not yet read from a checkpoint.</summary>
    /// <exception cref="RecordException">The checkpoint has no such steps, or more than fit.</exception>
    public void Load(CheckpointReader checkpoint)
    {
        _first = checkpoint.GetLong("log/first");
        var indices = checkpoint.GetInts("log/indices");
        _count = indices.Length / _n;
        if (_count > _capacity || indices.Length != _count * _n)
            throw new RecordException(checkpoint.FilePath, $"at most {_capacity} logged steps of {_n} images expected, {indices.Length} images came: same --batch_size and --log_freq expected");
        if (_count == 0)
            return;
        var floats = new float[_stride * _count];
        var predictions = new int[indices.Length];
        checkpoint.Read("log/floats", floats);
        checkpoint.Read("log/predictions", predictions);
        indices.CopyTo(_indices, 0);
        _floats.CopyFrom(floats);
        _predictions.CopyFrom(predictions);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _floats.Dispose();
        _predictions.Dispose();
    }
}
