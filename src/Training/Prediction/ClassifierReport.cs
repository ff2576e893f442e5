namespace CudaNoisy.Training;

/// <summary>How a classifier does on labelled images: accuracy, loss, confusion and calibration.</summary>
/// <remarks>The expected calibration error has 15 bins of equal width over the predicted class's probability: sum over bins of n_b/n |accuracy_b - confidence_b| (Guo et al., ICML 2017).</remarks>
public sealed class ClassifierReport
{
    private const int Bins = 15;
    private readonly int[,] _confusion;
    private readonly int[] _binRight = new int[Bins];
    private readonly double[] _binConfidence = new double[Bins];
    private double _loss;

    /// <summary>An empty report.</summary>
    /// <param name="classNames">The classes.</param>
    public ClassifierReport(IReadOnlyList<string> classNames)
    {
        ClassNames = classNames;
        _confusion = new int[classNames.Count, classNames.Count];
    }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Images so far.</summary>
    public int Count { get; private set; }

    /// <summary>Of them, predicted as labelled.</summary>
    public int Right { get; private set; }

    /// <summary>Share predicted as labelled.</summary>
    public double Accuracy => (double)Right / Count;

    /// <summary>Mean cross-entropy.</summary>
    public double Loss => _loss / Count;

    /// <summary>Expected calibration error, from 0 to 1.</summary>
    public double CalibrationError => Enumerable.Range(0, Bins).Sum(b => Math.Abs(_binRight[b] - _binConfidence[b])) / Count;

    /// <summary>Mean accuracy of the classes that have images.</summary>
    public double MeanClassAccuracy => Enumerable.Range(0, ClassNames.Count).Where(k => Images(k) > 0).Average(ClassAccuracy);

    /// <summary>Adds an image.</summary>
    public void Add(int label, ReadOnlySpan<float> probabilities)
    {
        var predicted = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(probabilities);
        var confidence = probabilities[predicted];
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        _confusion[label, predicted]++;
        Count++;
        _binConfidence[bin] += confidence;
        _loss -= Math.Log(Math.Max(probabilities[label], float.Epsilon));
        if (predicted != label)
            return;
        Right++;
        _binRight[bin]++;
    }

    /// <summary>Images with a label that were predicted as a class.</summary>
    public int Confusion(int label, int predicted) => _confusion[label, predicted];

    /// <summary>Images with a label.</summary>
    public int Images(int label) => Enumerable.Range(0, ClassNames.Count).Sum(p => _confusion[label, p]);

    /// <summary>Share of a class's images that are predicted as it; NaN without images.</summary>
    public double ClassAccuracy(int label) => (double)_confusion[label, label] / Images(label);
}
