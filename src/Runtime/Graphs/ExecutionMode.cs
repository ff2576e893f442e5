namespace CudaNoisy.Runtime;

/// <summary>Which passes an execution can run, which decides what memory it needs.</summary>
public enum ExecutionMode
{
    /// <summary>Forward only, running statistics.</summary>
    Inference,

    /// <summary>Forward, then backward; batch statistics. Memory is given back as the backward pass goes.</summary>
    Training,

    /// <summary>Forward, then any number of backward and tangent passes; batch statistics. All activations stay.</summary>
    KeptActivations,

    /// <summary>Forward with or without tangents, then one backward pass; batch statistics. The memory is that of <see cref="Training"/> and of a thin layer of tangents.</summary>
    InterleavedTangents,
}
