namespace CudaNoisy.Runtime;

/// <summary>How a parameter is stored, relative to ONNX.</summary>
public enum ParameterKind
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>ONNX (K,C,R,S), stored (R,S,C,K).</summary>
    Filter,

    /// <summary>ONNX (outputs, inputs), stored (inputs, outputs).</summary>
    Transposed,
}
