namespace CudaNoisy.Runtime;

/// <summary>What one node sees during an execution: its tensors, its parameters and the mode. Built once, reused every step.</summary>
public sealed class OpContext
{
    internal OpContext(Device device, int inputs)
    {
        Device = device;
        X = new Tensor[inputs];
        Dx = new Tensor[inputs];
        Accumulate = new bool[inputs];
        XDot = new Tensor[inputs];
    }

    /// <summary>Where to launch.</summary>
    public Device Device { get; }

    /// <summary>Inputs.</summary>
    public Tensor[] X { get; }

    /// <summary>Output.</summary>
    public Tensor Y { get; internal set; }

    /// <summary>Cotangents of the inputs; empty where nobody wants them.</summary>
    public Tensor[] Dx { get; }

    /// <summary>Per input: add to Dx instead of overwriting it.</summary>
    public bool[] Accumulate { get; }

    /// <summary>Cotangent of the output.</summary>
    public Tensor Dy { get; internal set; }

    /// <summary>Tangents of the inputs; empty where they are zero.</summary>
    public Tensor[] XDot { get; }

    /// <summary>Tangent of the output.</summary>
    public Tensor YDot { get; internal set; }

    /// <summary>Per-node floats that the forward pass leaves for the others (batch statistics).</summary>
    public DeviceView<float> Saved { get; internal set; }

    /// <summary>Per-node integers that the forward pass leaves for the others (positions of maxima, flags of a ReLU).</summary>
    public DeviceView<int> SavedIndices { get; internal set; }

    /// <summary>Batch-norms: the producer has already written the batch's moments.</summary>
    public bool MomentsReady { get; internal set; }

    /// <summary>Whether batch statistics (training) or running ones (evaluation) normalize.</summary>
    public bool Training { get; internal set; }

    /// <summary>Convolutions: the batch-norm that made the input, where theirs is the last word on its cotangent; else null.</summary>
    internal (BatchNorm Op, OpContext Context)? InputNorm { get; set; }

    /// <summary>Convolutions: the batch-norm that follows, whose moments they leave; else null.</summary>
    internal (BatchNorm Op, OpContext Context)? OutputNorm { get; set; }

    /// <summary>The batch-norm whose output, which lies nowhere, is a convolution's input or a batch-norm's residual; else null.</summary>
    internal (BatchNorm Op, OpContext Context)? GatheredInput { get; set; }

    /// <summary>Convolutions: the batch-norm whose input's cotangent, which lies nowhere, is that of their output; else null.</summary>
    internal (BatchNorm Op, OpContext Context)? GatheredCotangent { get; set; }

    /// <summary>Batch-norms: the output lies nowhere.</summary>
    internal bool IsOutputGathered { get; set; }

    /// <summary>Batch-norms: the input's cotangent lies nowhere.</summary>
    internal bool IsCotangentGathered { get; set; }

    /// <summary>Batch-norms: a convolution makes g of Dy and its sums.</summary>
    internal bool IsReduced { get; set; }

    /// <summary>Whether the backward pass sets gradients instead of adding to them.</summary>
    internal bool Overwrites { get; set; }

    /// <summary>Parameters of later nodes too, which have written their gradients before.</summary>
    internal int[] SharedSlices { get; init; } = [];

    internal ParameterBuffer? Values { get; set; }

    internal ParameterBuffer? Gradients { get; set; }

    internal ParameterBuffer? Tangents { get; set; }

    internal ParameterBuffer? State { get; set; }

    /// <summary>A parameter's value.</summary>
    public DeviceView<float> W(int slice) => Values![slice];

    /// <summary>A parameter's gradient; empty where gradients are not wanted.</summary>
    public ParameterGradient Dw(int slice) => Gradients is null ? default : new ParameterGradient(Gradients[slice], Overwrites && Array.IndexOf(SharedSlices, slice) < 0);

    /// <summary>A parameter's tangent.</summary>
    public DeviceView<float> WDot(int slice) => Tangents![slice];

    /// <summary>A running statistic.</summary>
    public DeviceView<float> Running(int slice) => State![slice];
}
