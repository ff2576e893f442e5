using System.Collections;
using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>What training learns about every training image: last prediction, mean loss, mean weight, and how often the prediction flipped.</summary>
public sealed class SampleLedger : IReadOnlyList<SampleRecord>
{
    private const int None = -1;

    private readonly int[] _given;
    private readonly int[] _true;
    private readonly Func<int, string> _idOf;
    private readonly int[] _predicted;
    private readonly float[] _probability;
    private readonly double[] _lossSum;
    private readonly double[] _weightSum;
    private readonly int[] _flips;
    private readonly int[] _seen;

    /// <summary>An empty ledger.</summary>
    /// <param name="given">The labels trained with, [image].</param>
    /// <param name="trueLabels">The labels before the noise, [image], -1 where unknown; empty when none is known.</param>
    /// <param name="idOf">An image's path or number in the data set, from its row here.</param>
    public SampleLedger(ReadOnlySpan<int> given, ReadOnlySpan<int> trueLabels, Func<int, string> idOf)
    {
        if (trueLabels.Length != 0 && trueLabels.Length != given.Length)
            throw new ArgumentException($"{given.Length} true labels or none expected, {trueLabels.Length} came.", nameof(trueLabels));
        _given = given.ToArray();
        _true = trueLabels.ToArray();
        _idOf = idOf;
        _predicted = new int[given.Length];
        Array.Fill(_predicted, None);
        _probability = new float[given.Length];
        Array.Fill(_probability, float.NaN);
        _lossSum = new double[given.Length];
        _weightSum = new double[given.Length];
        _flips = new int[given.Length];
        _seen = new int[given.Length];
    }

    /// <summary>Number of training images.</summary>
    public int Count => _given.Length;

    /// <summary>What is known about an image.</summary>
    /// <param name="index">The image's row.</param>
    public SampleRecord this[int index] => new(
        _idOf(index),
        _given[index],
        _true.Length == 0 || _true[index] == None ? null : _true[index],
        _predicted[index] == None ? null : _predicted[index],
        _probability[index],
        _lossSum[index] / _seen[index],
        _weightSum[index] / _seen[index],
        _flips[index],
        _seen[index]);

    /// <summary>Adds a training batch.</summary>
    /// <param name="rows">The images, [n].</param>
    /// <param name="predicted">The predicted labels, [n].</param>
    /// <param name="probability">The predicted labels' probabilities, [n].</param>
    /// <param name="loss">The images' losses, [n].</param>
    /// <param name="weight">The images' weights, [n]; empty: all 1.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<int> predicted, ReadOnlySpan<float> probability, ReadOnlySpan<float> loss, ReadOnlySpan<float> weight)
    {
        AddPredictions(rows, predicted, probability);
        for (var i = 0; i < rows.Length; i++)
        {
            _lossSum[rows[i]] += loss[i];
            _weightSum[rows[i]] += weight.IsEmpty ? 1 : weight[i];
            _seen[rows[i]]++;
        }
    }

    /// <summary>Adds predictions made without training, such as the final ones.</summary>
    /// <param name="rows">The images, [n].</param>
    /// <param name="predicted">The predicted labels, [n].</param>
    /// <param name="probability">The predicted labels' probabilities, [n].</param>
    public void AddPredictions(ReadOnlySpan<int> rows, ReadOnlySpan<int> predicted, ReadOnlySpan<float> probability)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (_predicted[row] != None && _predicted[row] != predicted[i])
                _flips[row]++;
            _predicted[row] = predicted[i];
            _probability[row] = probability[i];
        }
    }

    /// <summary>Adds the ledger to a checkpoint.</summary>
    public void Save(CheckpointWriter checkpoint)
    {
        checkpoint.Add("ledger/given", _given.AsSpan());
        checkpoint.Add("ledger/true", _true.AsSpan());
        checkpoint.Add("ledger/predicted", _predicted.AsSpan());
        checkpoint.Add("ledger/probability", _probability.AsSpan());
        checkpoint.Add("ledger/loss_sum", _lossSum.AsSpan());
        checkpoint.Add("ledger/weight_sum", _weightSum.AsSpan());
        checkpoint.Add("ledger/flips", _flips.AsSpan());
        checkpoint.Add("ledger/seen", _seen.AsSpan());
    }

    /// <summary>A checkpoint's ledger without its data set: images are known by their rows.</summary>
    /// <exception cref="RecordException">The checkpoint has no ledger.</exception>
    public static SampleLedger From(CheckpointReader checkpoint)
    {
        var ledger = new SampleLedger(checkpoint.GetInts("ledger/given"), checkpoint.GetInts("ledger/true"), row => row.ToString(CultureInfo.InvariantCulture));
        ledger.Load(checkpoint);
        return ledger;
    }

    /// <summary>Takes the ledger from a checkpoint.</summary>
    /// <exception cref="RecordException">The checkpoint has no ledger, or one of other training labels.</exception>
    public void Load(CheckpointReader checkpoint)
    {
        if (!checkpoint.GetInts("ledger/given").AsSpan().SequenceEqual(_given))
            throw new RecordException(checkpoint.FilePath, "the training images or labels are not those of this run: same data, noise and seed expected");
        checkpoint.Read("ledger/predicted", _predicted);
        checkpoint.Read("ledger/probability", _probability);
        checkpoint.Read("ledger/loss_sum", _lossSum);
        checkpoint.Read("ledger/weight_sum", _weightSum);
        checkpoint.Read("ledger/flips", _flips);
        checkpoint.Read("ledger/seen", _seen);
    }

    /// <inheritdoc/>
    public IEnumerator<SampleRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
