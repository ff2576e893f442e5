using CudaNoisy.Runtime;

namespace CudaNoisy.Export;

/// <summary>The residual network without batch-norm of VNN-COMP 2021 (cifar10_resnet, "resnet_2b"): two blocks, biases everywhere, two linear layers.</summary>
public static class ResNet2b
{
    /// <summary>What <c>--arch</c> calls it.</summary>
    public const string Name = "resnet_2b";

    private const int Width = 8;
    private const int ImageSize = 32;

    /// <summary>Whether the keys are this network's.</summary>
    public static bool Matches(StateDictionary state, string prefix) =>
        state.Find(prefix + "conv1.bias") is not null && state.Find(prefix + "linear2.weight") is not null && state.Find(prefix + "layer1.1.conv2.bias") is not null;

    /// <summary>Builds the classifier.</summary>
    public static Model Build(StateDictionary state, string prefix, CheckpointParameters source)
    {
        var model = new ModelBuilder(state.Place);
        model.Metadata[Runtime.Onnx.ModelNotes.Architecture] = Name;
        var x = model.SetInput(new Shape(1, ImageSize, ImageSize, 3));
        x = Relu(model, Convolve(model, source, x, prefix + "conv1", Width, 3, 2), prefix + "relu");
        x = Block(model, source, x, prefix + "layer1.0", 2 * Width, 2);
        x = Block(model, source, x, prefix + "layer1.1", 2 * Width, 1);
        x = model.Add(new Flatten { Name = prefix + "flatten" }, x);
        var hidden = state.Dims(prefix + "linear1.weight") is [var units, _] ? units : 1;
        x = Relu(model, Linear(model, source, x, prefix + "linear1", hidden), prefix + "linear1.relu");
        return model.Build(Linear(model, source, x, prefix + "linear2", state.Dims(prefix + "linear2.weight") is [var classes, _] ? classes : 1));
    }

    private static int Block(ModelBuilder model, CheckpointParameters source, int x, string name, int planes, int stride)
    {
        var y = Relu(model, Convolve(model, source, x, name + ".conv1", planes, 3, stride), name + ".relu1");
        y = Convolve(model, source, y, name + ".conv2", planes, 3, 1);
        var shortcut = stride == 1 ? x : Convolve(model, source, x, name + ".shortcut.0", planes, 1, stride);
        return Relu(model, model.Add(new Add { Name = name + ".add" }, y, shortcut), name + ".relu");
    }

    private static int Convolve(ModelBuilder model, CheckpointParameters source, int x, string name, int outputs, int filter, int stride)
    {
        var inputs = model.ShapeOf(x).C;
        var pad = filter / 2;
        return model.Add(
            new Conv2d
            {
                Name = name,
                Weight = model.AddParameter(name + ".weight", [outputs, inputs, filter, filter], ParameterKind.Filter, source.Filter(name + ".weight", outputs, inputs, filter, filter)),
                Bias = model.AddParameter(name + ".bias", [outputs], ParameterKind.Plain, source.Take(name + ".bias", 0, outputs)),
                InputChannels = inputs,
                OutputChannels = outputs,
                Filter = (filter, filter),
                Stride = (stride, stride),
                Pad = (pad, pad, pad, pad),
            },
            x);
    }

    private static int Linear(ModelBuilder model, CheckpointParameters source, int x, string name, int outputs) =>
        ClassifierLayer.Add(model, source, x, name, outputs);

    private static int Relu(ModelBuilder model, int x, string name) => model.Add(new Relu { Name = name }, x);
}
