using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>One node kind: shapes, forward, vector-Jacobian product, Jacobian-vector product, and its ONNX form.</summary>
/// <remarks>Ops are immutable; everything that changes lives in the <see cref="OpContext"/>.</remarks>
public abstract class Op
{
    /// <summary>The node's name, for errors and for export.</summary>
    public required string Name { get; init; }

    /// <summary>The kind, as ONNX calls it where ONNX has it.</summary>
    public abstract string Kind { get; }

    /// <summary>True where Backward or Jvp read input <paramref name="index"/>.</summary>
    public virtual bool ReadsInputLater(int index) => false;

    /// <summary>True where Backward or Jvp read the output.</summary>
    public virtual bool ReadsOutputLater => false;

    /// <summary>Inputs whose gradient may take the output gradient's memory, the best first; at most one does.</summary>
    public virtual IReadOnlyList<int> InPlaceGradients => [];

    /// <summary>True where Y may be X[0], and YDot XDot[0].</summary>
    public virtual bool InPlaceForward => false;

    /// <summary>The op's trainable parameters, slices of the model's parameter layout.</summary>
    public virtual IReadOnlyList<int> ParameterSlices => [];

    /// <summary>The output's shape.</summary>
    /// <exception cref="InputException">The input shapes do not fit; the message names the op.</exception>
    public abstract Shape Infer(ReadOnlySpan<Shape> inputs);

    /// <summary>Floats of <see cref="OpContext.Saved"/>.</summary>
    public virtual int SavedLength(ReadOnlySpan<Shape> inputs) => 0;

    /// <summary>Integers of <see cref="OpContext.SavedIndices"/>.</summary>
    public virtual long SavedIndicesLength(ReadOnlySpan<Shape> inputs) => 0;

    /// <summary>Y from X.</summary>
    public abstract void Forward(OpContext context);

    /// <summary>Dx from Dy; parameter gradients accumulate.</summary>
    public abstract void Backward(OpContext context);

    /// <summary>YDot from XDot and the parameters' tangents.</summary>
    public abstract void Jvp(OpContext context);

    /// <summary>Writes the op's ONNX nodes; returns the name of the output value.</summary>
    internal abstract string Export(ExportContext context, IReadOnlyList<string> inputs);

    /// <summary>An error that names this op.</summary>
    protected InputException Error(string message) => new($"operator {Kind} '{Name}': {message}");
}
