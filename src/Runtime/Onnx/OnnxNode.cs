using CudaNoisy.Runtime.Onnx.Proto;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>One node of an ONNX graph, with typed access to its attributes and errors that name it.</summary>
internal sealed class OnnxNode
{
    private readonly NodeProto _proto;
    private readonly string _file;

    public OnnxNode(NodeProto proto, int index, string file)
    {
        _proto = proto;
        _file = file;
        Name = string.IsNullOrEmpty(proto.Name) ? $"{proto.OpType}_{index}" : proto.Name;
        InputCount = proto.Input.Count;
        while (InputCount > 0 && proto.Input[InputCount - 1].Length == 0)
            InputCount--;
    }

    public string Name { get; }

    public string OpType => _proto.OpType;

    public string Domain => _proto.Domain;

    public IReadOnlyList<string> Inputs => _proto.Input;

    public IReadOnlyList<string> Outputs => _proto.Output;

    /// <summary>Inputs given, trailing empty names not counted.</summary>
    public int InputCount { get; }

    public int OutputCount => _proto.Output.Count(o => o.Length > 0);

    public bool HasInput(int index) => index < InputCount && _proto.Input[index].Length > 0;

    public int Int(string name, int value) => Find(name) is { } a ? (int)Math.Clamp(a.I, int.MinValue, int.MaxValue) : value;

    public float Float(string name, float value) => Find(name) is { } a ? a.F : value;

    public string Text(string name, string value) => Find(name) is { } a ? a.S.ToStringUtf8() : value;

    public long[] Longs(string name, long[] value) => Find(name) is { } a ? [.. a.Ints] : value;

    public int[] Ints(string name, int[] value) => Find(name) is { } a ? [.. a.Ints.Select(i => (int)Math.Clamp(i, int.MinValue, int.MaxValue))] : value;

    public OnnxTensor? Tensor(string name) => Find(name)?.T is { } tensor ? OnnxTensor.Read(tensor, _file) : null;

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Throws unless the attribute is absent or all its values are <paramref name="value"/>.</summary>
    public void RequireDefault(string name, int value)
    {
        var a = Find(name);
        if (a is null)
            return;
        long[] values = a.Ints.Count > 0 ? [.. a.Ints] : [a.I];
        if (values.Any(v => v != value))
            throw Error($"{name} {value} expected, {string.Join(',', values)} came");
    }

    public int Positive(int value, string name) => value is > 0 and <= 1 << 20 ? value : throw Error($"{name} between 1 and {1 << 20} expected, {value} came");

    /// <summary>Zero rows and columns around x, from pads or auto_pad.</summary>
    public (int Top, int Left, int Bottom, int Right) Padding(Shape x, (int R, int S) window, (int H, int W) stride)
    {
        var pads = Ints("pads", [0, 0, 0, 0]);
        if (pads.Length != 4 || pads.Any(p => p is < 0 or > 1 << 20))
            throw Error($"pads of 4 values from 0 to {1 << 20} expected, [{string.Join(',', pads)}] came");
        var mode = Text("auto_pad", "NOTSET");
        if (mode is "NOTSET" or "")
            return (pads[0], pads[1], pads[2], pads[3]);
        if (mode == "VALID")
            return (0, 0, 0, 0);
        if (mode is not ("SAME_UPPER" or "SAME_LOWER"))
            throw Error($"auto_pad NOTSET, VALID, SAME_UPPER or SAME_LOWER expected, '{mode}' came");
        var (top, bottom) = Same(x.H, window.R, stride.H, mode == "SAME_LOWER");
        var (left, right) = Same(x.W, window.S, stride.W, mode == "SAME_LOWER");
        return (top, left, bottom, right);
    }

    public InputException Error(string message) => new($"{_file}: node '{Name}' ({OpType}): {message}");

    private static (int Before, int After) Same(int size, int window, int stride, bool lower)
    {
        var outputs = (size + stride - 1) / Math.Max(1, stride);
        var total = Math.Max(0, ((outputs - 1) * stride) + window - size);
        var small = total / 2;
        return lower ? (total - small, small) : (small, total - small);
    }

    private AttributeProto? Find(string name) => _proto.Attribute.FirstOrDefault(a => a.Name == name);
}
