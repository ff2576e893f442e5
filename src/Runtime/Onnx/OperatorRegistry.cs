namespace CudaNoisy.Runtime.Onnx;

/// <summary>The ONNX operators that become ops: one line each.</summary>
public static class OperatorRegistry
{
    private static readonly SortedDictionary<string, Action<OnnxNode, ImportContext>> Importers = new(StringComparer.Ordinal)
    {
        ["Add"] = Runtime.Add.Import,
        ["AveragePool"] = AveragePool.Import,
        ["BatchNormalization"] = BatchNorm.Import,
        ["Clip"] = Clip.Import,
        ["Conv"] = Conv2d.Import,
        ["Div"] = ChannelAffine.Import,
        ["Dropout"] = (node, context) => context.Alias(node),
        ["Flatten"] = Flatten.Import,
        ["Gemm"] = Linear.ImportGemm,
        ["GlobalAveragePool"] = GlobalAveragePool.Import,
        ["Identity"] = (node, context) => context.Alias(node),
        ["MatMul"] = Linear.ImportMatMul,
        ["MaxPool"] = MaxPool.Import,
        ["Mul"] = ChannelAffine.Import,
        ["Pad"] = Subsample.ImportPad,
        ["ReduceMean"] = GlobalAveragePool.ImportReduceMean,
        ["Relu"] = Relu.Import,
        ["Reshape"] = Flatten.ImportReshape,
        ["Slice"] = Subsample.ImportSlice,
        ["Squeeze"] = Flatten.ImportSqueeze,
        ["Sub"] = ChannelAffine.Import,
    };

    /// <summary>The operators that can be trained through, by ONNX name.</summary>
    public static IReadOnlyCollection<string> Names => Importers.Keys;

    internal static Action<OnnxNode, ImportContext>? Find(string opType) => Importers.GetValueOrDefault(opType);
}
