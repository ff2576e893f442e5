using CudaNoisy.Runtime.Onnx.Proto;
using static CudaNoisy.Runtime.Onnx.Proto.AttributeProto.Types;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>A node under construction.</summary>
internal sealed class NodeBuilder(NodeProto node)
{
    /// <summary>The output value's name.</summary>
    public string Output => node.Output[0];

    public NodeBuilder With(string name, float value)
    {
        node.Attribute.Add(new AttributeProto { Name = name, Type = AttributeType.Float, F = value });
        return this;
    }

    public NodeBuilder With(string name, int value)
    {
        node.Attribute.Add(new AttributeProto { Name = name, Type = AttributeType.Int, I = value });
        return this;
    }

    public NodeBuilder With(string name, params int[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.AddRange(values.Select(v => (long)v));
        node.Attribute.Add(attribute);
        return this;
    }
}
