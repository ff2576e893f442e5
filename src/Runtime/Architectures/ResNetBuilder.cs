using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Runtime;

/// <summary>Builds residual networks, op by op, with PyTorch's parameter names; the result ends in pooled features (N, features).</summary>
public sealed class ResNetBuilder
{
    private const float Epsilon = 1e-5f;
    private readonly ModelBuilder _model;
    private readonly Architecture _architecture;
    private readonly IParameterSource _source;
    private readonly string _prefix;
    private readonly string _shortcut;

    private ResNetBuilder(ModelBuilder model, Architecture architecture, IParameterSource source, string prefix, string shortcut)
    {
        _model = model;
        _architecture = architecture;
        _source = source;
        _prefix = prefix;
        _shortcut = shortcut;
    }

    /// <summary>Builds an encoder.</summary>
    /// <param name="architecture">The shape.</param>
    /// <param name="imageSize">Height and width of the images.</param>
    /// <param name="cifarStem">A 3x3 stride-1 stem without max-pooling; else 7x7 stride 2 and max-pooling. Option-A networks always have the former.</param>
    /// <param name="source">The values.</param>
    /// <param name="prefix">In front of every parameter's name, <c>convnet.</c> in the reference's encoders.</param>
    /// <param name="origin">Where the values come from, for messages.</param>
    /// <param name="shortcut">The projection shortcuts' name in a block: <c>downsample</c> as in torchvision, <c>shortcut</c> elsewhere.</param>
    public static Model Build(Architecture architecture, int imageSize, bool cifarStem, IParameterSource source, string prefix, string origin, string shortcut = "downsample")
    {
        var model = new ModelBuilder(origin);
        var builder = new ResNetBuilder(model, architecture, source, prefix, shortcut);
        model.Metadata[ModelNotes.Architecture] = architecture.Name;
        model.Metadata["cifar_head"] = cifarStem || architecture.OptionA ? "true" : "false";
        var x = model.SetInput(new Shape(1, imageSize, imageSize, 3));
        return model.Build(builder.Encode(x, cifarStem || architecture.OptionA));
    }

    /// <summary>An encoder of randomly drawn values.</summary>
    /// <param name="architecture">The shape.</param>
    /// <param name="imageSize">Height and width of the images.</param>
    /// <param name="cifarStem">See <see cref="Build"/>.</param>
    /// <param name="gaussian">Standard normal draws.</param>
    public static Model Random(Architecture architecture, int imageSize, bool cifarStem, Func<double> gaussian) =>
        Build(architecture, imageSize, cifarStem, new RandomParameters(gaussian, fanOut: !architecture.OptionA), "convnet.", $"random {architecture.Name}");

    private int Encode(int x, bool cifarStem)
    {
        var width = _architecture.Width;
        x = cifarStem ? Convolve(x, "conv1", 3, width, 3, 1) : Convolve(x, "conv1", 3, width, 7, 2);
        x = Relu(Normalize(x, "bn1", width), "relu");
        if (!cifarStem)
            x = _model.Add(new MaxPool { Name = "maxpool", Window = new PoolWindow(3, 3, 2, 2, 1, 1, 1, 1, false, false) }, x);
        for (var stage = 0; stage < _architecture.Blocks.Count; stage++)
        {
            for (var block = 0; block < _architecture.Blocks[stage]; block++)
                x = Block(x, $"layer{stage + 1}.{block}", width << stage, stage > 0 && block == 0 ? 2 : 1);
        }

        x = _model.Add(new GlobalAveragePool { Name = "avgpool" }, x);
        return _model.Add(new Flatten { Name = "flatten" }, x);
    }

    private int Block(int x, string name, int planes, int stride)
    {
        var inputs = _model.ShapeOf(x).C;
        var outputs = _architecture.Bottleneck ? 4 * planes : planes;
        int y;
        if (_architecture.Bottleneck)
        {
            y = Relu(Normalize(Convolve(x, name + ".conv1", inputs, planes, 1, 1), name + ".bn1", planes), name + ".relu1");
            y = Relu(Normalize(Convolve(y, name + ".conv2", planes, planes, 3, stride), name + ".bn2", planes), name + ".relu2");
            y = Normalize(Convolve(y, name + ".conv3", planes, outputs, 1, 1), name + ".bn3", outputs);
        }
        else
        {
            y = Relu(Normalize(Convolve(x, name + ".conv1", inputs, planes, 3, stride), name + ".bn1", planes), name + ".relu1");
            y = Normalize(Convolve(y, name + ".conv2", planes, planes, 3, 1), name + ".bn2", planes);
        }

        var shortcut = x;
        if (stride != 1 || inputs != outputs)
        {
            shortcut = _architecture.OptionA
                ? _model.Add(new Subsample { Name = name + ".shortcut", Stride = (stride, stride), ChannelPad = (planes / 4, planes / 4) }, x)
                : Normalize(Convolve(x, $"{name}.{_shortcut}.0", inputs, outputs, 1, stride), $"{name}.{_shortcut}.1", outputs);
        }

        return Relu(_model.Add(new Add { Name = name + ".add" }, y, shortcut), name + ".relu");
    }

    private int Convolve(int x, string name, int inputs, int outputs, int filter, int stride)
    {
        var full = _prefix + name + ".weight";
        var pad = filter / 2;
        return _model.Add(
            new Conv2d
            {
                Name = name,
                Weight = _model.AddParameter(full, [outputs, inputs, filter, filter], ParameterKind.Filter, _source.Filter(full, outputs, inputs, filter, filter)),
                InputChannels = inputs,
                OutputChannels = outputs,
                Filter = (filter, filter),
                Stride = (stride, stride),
                Pad = (pad, pad, pad, pad),
            },
            x);
    }

    private int Normalize(int x, string name, int channels)
    {
        var full = _prefix + name;
        var (weight, bias, mean, variance) = _source.Norm(full, channels);
        return _model.Add(
            new BatchNorm
            {
                Name = name,
                Channels = channels,
                Gamma = _model.AddParameter(full + ".weight", [channels], ParameterKind.Plain, weight),
                Beta = _model.AddParameter(full + ".bias", [channels], ParameterKind.Plain, bias),
                RunningMean = _model.AddState(full + ".running_mean", [channels], mean),
                RunningVariance = _model.AddState(full + ".running_var", [channels], variance),
                Epsilon = Epsilon,
            },
            x);
    }

    private int Relu(int x, string name) => _model.Add(new Relu { Name = name }, x);
}
