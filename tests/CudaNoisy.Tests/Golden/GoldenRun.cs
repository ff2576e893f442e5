using System.Collections.Concurrent;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Tests.Graphs;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Golden;

/// <summary>Repeats one run of a <see cref="GoldenFolder"/> with the product's own training steps.</summary>
public sealed class GoldenRun : IDisposable
{
    private static readonly ConcurrentDictionary<string, float[][]> ExactMasks = new();

    private readonly GoldenFolder _folder;
    private readonly Device _device;
    private readonly Workspace _memory;
    private readonly Workspace? _metaMemory;
    private readonly DeviceBuffer<byte> _images;
    private readonly DeviceBuffer<byte> _metaImages;
    private readonly DeviceBuffer<int> _labels;
    private readonly DeviceBuffer<int> _metaLabels;
    private readonly DeviceBuffer<int> _indices;
    private readonly DeviceBuffer<float> _outputs;
    private readonly DeviceBuffer<int> _predictions;
    private readonly TrainingMethod _method;
    private readonly Schedule _schedule;
    private readonly GatherShape _shape;
    private readonly int _n;

    public GoldenRun(GoldenFolder folder, Device device, string run, bool keepActivations = true)
    {
        _folder = folder;
        _device = device;
        _n = folder.Batch;
        Network = new Network(device, LoadModel(folder));
        var h = folder.Hparams;
        var meta = run.StartsWith("mwnet", StringComparison.Ordinal);
        var (loss, q) = run.StartsWith("qloss", StringComparison.Ordinal) ? ("qloss", double.Parse(run[6..], System.Globalization.CultureInfo.InvariantCulture))
            : run == "mae" ? ("mae", 0.66) : ("ce", 0.66);
        var rate = run == "ce_adam" ? 1e-3 : h.GetProperty("lr").GetDouble();
        _schedule = ScheduleRegistry.Create(
            run switch { "ce_linear" => "linear", "ce_step" => "step", _ => h.GetProperty("lr_schedule").GetString()! },
            new ScheduleOptions(rate, h.GetProperty("iters").GetInt32(), h.GetProperty("warmup").GetDouble(), 3, 0.5));
        Optimizer = OptimizerRegistry.Create(
            run == "ce_adam" ? "adam" : h.GetProperty("opt").GetString()!, device, Network.Values, Network.Gradients, new OptimizerOptions(h.GetProperty("weight_decay").GetDouble()));
        if (meta)
        {
            var options = new MetaWeightNetOptions { InnerRate = h.GetProperty("inner_lr").GetDouble(), KeepActivations = keepActivations };
            WeightNet = new WeightNet(device, options.Hidden);
            SetWeightNet(WeightNet, NpyFile.ReadArchive(folder.Require($"vnet_init_{run}.npz")));
            var train = Network.Plan(_n, MetaWeightNet.TrainMode(options));
            var clean = Network.Plan(_n, ExecutionMode.Training);
            _memory = keepActivations ? new Workspace(device, train) : new Workspace(device, train, clean);
            _metaMemory = keepActivations ? new Workspace(device, clean) : null;
            _method = new MetaWeightNet(
                Network, LossRegistry.Create("ce"), LossRegistry.Create(run == "mwnet_mae" ? "mae" : "ce"), Optimizer, WeightNet, options, train, _memory, clean, _metaMemory ?? _memory);
        }
        else
        {
            var plan = Network.Plan(_n, ExecutionMode.Training);
            _memory = new Workspace(device, plan);
            _method = new FineTune(Network, LossRegistry.Create(loss, q), Optimizer, plan, _memory);
        }

        (_images, _shape) = Images("train_images.npy");
        (_metaImages, _) = Images("meta_images.npy");
        _labels = Labels("train_labels.npy");
        _metaLabels = Labels("meta_labels.npy");
        _indices = device.Allocate<int>(_n);
        _outputs = device.Allocate<float>((2 * _n) + StepOutputs.SlotLength);
        _predictions = device.Allocate<int>(_n);
        PassOnes(run);
    }

    public Network Network { get; }

    public Optimizer Optimizer { get; }

    public WeightNet? WeightNet { get; }

    /// <summary>Takes a step (from 0); the gradients of it stay in the network.</summary>
    public (double Loss, double Accuracy, double Weight, double Rate) Step(int step)
    {
        _indices.CopyFrom([.. Enumerable.Range(step * _n, _n)]);
        var outputs = new StepOutputs(
            new DeviceView<float>(_outputs, 0, _n), new DeviceView<float>(_outputs, _n, _n), _predictions.View, new DeviceView<float>(_outputs, 2 * _n, StepOutputs.SlotLength));
        var rate = _schedule.Rate(step);
        _method.Step(step, rate, Batch(_images, _labels, step), Batch(_metaImages, _metaLabels, step), outputs);
        var slot = outputs.Slot.ToArray();
        return (slot[0] / _n, slot[1] / _n, slot[2] / _n, rate);
    }

    public void Dispose()
    {
        _method.Dispose();
        Optimizer.Dispose();
        WeightNet?.Dispose();
        Network.Dispose();
        _memory.Dispose();
        _metaMemory?.Dispose();
        _images.Dispose();
        _metaImages.Dispose();
        _labels.Dispose();
        _metaLabels.Dispose();
        _indices.Dispose();
        _outputs.Dispose();
        _predictions.Dispose();
    }

    /// <summary>The reference finds an encoder's width by sending two images of ones through it, in training mode, which moves the running statistics;
    /// num_batches_tracked counts it. The recorded statistics contain it, so it is repeated here.</summary>
    private void PassOnes(string run)
    {
        var tracked = _folder.Arrays("final_" + run)?.FirstOrDefault(a => a.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Value;
        if (tracked is null)
            return;
        var plan = Network.Plan(2, ExecutionMode.Training);
        using var memory = new Workspace(_device, plan);
        using var execution = new Execution(plan, memory, Network.Values, Network.State);
        for (var i = (int)tracked.First - _folder.Steps; i > 0; i--)
        {
            _device.Elementwise.Fill(execution.Input, 1);
            execution.Forward();
            execution.UpdateRunningStatistics();
        }
    }

    private static Model LoadModel(GoldenFolder folder)
    {
        var head = NpyFile.ReadArchive(folder.Require("head.npz"));
        var model = OnnxImporter.Load(folder.Require("encoder_op13.onnx")).AddLinear(folder.Classes);
        model.ParameterValues[model.Parameters.IndexOf("linear_layer.weight")] = head["weight"].ToFloats();
        model.ParameterValues[model.Parameters.IndexOf("linear_layer.bias")] = head["bias"].ToFloats();
        return model.WithValues(ExactMasks.GetOrAdd(folder.Path, _ => MoveTies(folder, model)), model.StateValues);
    }

    /// <summary>The model's parameters with the first batch's <see cref="ReluTies"/> moved away.</summary>
    private static float[][] MoveTies(GoldenFolder folder, Model model)
    {
        var (pixels, shape) = Pixels(folder, "train_images.npy");
        ReluTies.MoveAway(model, [.. pixels.Take(folder.Batch * shape.H * shape.W * shape.C).Select(p => p / 255f)], folder.Batch);
        return model.ParameterValues;
    }

    private static void SetWeightNet(WeightNet net, Dictionary<string, NpyArray> values)
    {
        for (var i = 0; i < net.Phi.Layout.Slices.Count; i++)
            net.Phi.SetOnnx(i, values[net.Phi.Layout.Slices[i].Name].ToFloats());
    }

    private StepBatch Batch(DeviceBuffer<byte> images, DeviceBuffer<int> labels, int step) => new(
        input => _device.Batches.GatherImages(_shape, images.View, _indices.View, default, PixelScale.Unit, input), labels.View.Slice(step * _n, _n));

    private (DeviceBuffer<byte> Buffer, GatherShape Shape) Images(string file)
    {
        var (pixels, shape) = Pixels(_folder, file);
        var buffer = _device.Allocate<byte>(pixels.Length);
        buffer.CopyFrom(pixels);
        return (buffer, shape);
    }

    /// <summary>All images of a file (step, N, C, H, W), channels last.</summary>
    private static (byte[] Pixels, GatherShape Shape) Pixels(GoldenFolder folder, string file)
    {
        var array = NpyFile.Read(folder.Require(file));
        var (c, h, w) = (array.Dims[2], array.Dims[3], array.Dims[4]);
        var source = (byte[])array.Values;
        var target = new byte[source.Length];
        for (var i = 0; i < source.Length / (c * h * w); i++)
            for (var k = 0; k < c; k++)
                for (var p = 0; p < h * w; p++)
                    target[(i * c * h * w) + (p * c) + k] = source[(i * c * h * w) + (k * h * w) + p];
        return (target, new GatherShape(folder.Batch, h, w, c));
    }

    private DeviceBuffer<int> Labels(string file)
    {
        var labels = NpyFile.Read(_folder.Require(file)).ToInts();
        var buffer = _device.Allocate<int>(labels.Length);
        buffer.CopyFrom(labels);
        return buffer;
    }
}
