using CudaNoisy.Runtime;
using CudaNoisy.Tests.OpChecks;

namespace CudaNoisy.Tests.Graphs;

/// <summary>Moves a network's activations away from the kinks of its ReLUs, so that every device's rounding leaves the same ones positive.</summary>
/// <remarks>Where an activation is nearer to zero than single precision's rounding errors, its mask is chance, and one mask that changes moves gradients below it by 1e-3 to 1e-1
/// of their largest entry: no tolerance of a gradient means anything then. The pass here is in double precision by the ops' definitions; the shift of a channel
/// (batch-norm's beta) is changed by about the margin, some 1e-6, where it must be, and every mask stays what it is in exact arithmetic.</remarks>
public sealed class ReluTies
{
    /// <summary>Four deviations of the first ReLU's rounding errors; they grow like the square root of the ReLUs before: 1.6e-7 and 2.6e-6 at the 1st and 31st of ResNet-32 on an
    /// emulated device, 1.8e-7 and 2.7e-6 on the host (for PyTorch's all activations: 2.3e-7 and 4.8e-6).</summary>
    private const double Margin = 1.5e-6;

    private readonly Model _model;
    private readonly double[]?[] _values;
    private readonly Shape[] _shapes;
    private readonly BatchNorm?[] _shifts;
    private readonly List<bool[]> _masks;
    private readonly bool _moves;
    private int _relus;

    /// <summary>A pass that collects the masks, or one that moves values to the side where the masks have them.</summary>
    private ReluTies(Model model, float[] x, int n, List<bool[]> masks, bool moves)
    {
        (_model, _masks, _moves) = (model, masks, moves);
        _shapes = model.Graph.Infer(model.Input with { N = n });
        _values = new double[model.Graph.ValueCount][];
        _values[0] = Array.ConvertAll(x, v => (double)v);
        _shifts = new BatchNorm?[model.Graph.ValueCount];
    }

    /// <summary>Changes the model's parameters.</summary>
    /// <param name="model">Convolutions without bias, batch-norm in training mode, shortcuts and ReLUs, then anything without ReLU.</param>
    /// <param name="x">The batch (N,H,W,C).</param>
    /// <param name="n">Its images.</param>
    public static void MoveAway(Model model, float[] x, int n)
    {
        var masks = new List<bool[]>();
        new ReluTies(model, x, n, masks, moves: false).Pass();
        new ReluTies(model, x, n, masks, moves: true).Pass();
    }

    /// <summary>Goes through the nodes until the last ReLU.</summary>
    private void Pass()
    {
        var last = _model.Graph.Nodes.ToList().FindLastIndex(node => node.Op is Relu or BatchNorm { Relu: true });
        foreach (var node in _model.Graph.Nodes.Take(last + 1))
            Pass(node);
    }

    private void Pass(GraphNode node)
    {
        var inputs = node.Inputs.Select(i => _values[i]!).ToArray();
        var output = node.Op switch
        {
            Conv2d op => Convolve(op, _shapes[node.Inputs[0]], _shapes[node.Output], inputs[0]),
            BatchNorm op => Normalize(op, inputs),
            Subsample op => Subsampled(op, _shapes[node.Inputs[0]], _shapes[node.Output], inputs[0]),
            Add => Sum(inputs[0], inputs[1]),
            Relu => (double[])inputs[0].Clone(),
            _ => throw new NotSupportedException(node.Op.Kind),
        };
        _shifts[node.Output] = node.Op as BatchNorm ?? node.Inputs.Select(i => _shifts[i]).FirstOrDefault(s => s is { Relu: false });
        if (node.Op is Relu or BatchNorm { Relu: true })
        {
            if (_moves)
                Move(_shifts[node.Output]!, output, _masks[_relus++]);
            else
                _masks.Add(Array.ConvertAll(output, v => v > 0));
            for (var i = 0; i < output.Length; i++)
                output[i] = Math.Max(0, output[i]);
        }

        _values[node.Output] = output;
    }

    /// <summary>Shifts those channels that have a value too near to zero; away from it, or where the next on the other side is too near, half way between both.</summary>
    private void Move(BatchNorm op, double[] values, bool[] mask)
    {
        var beta = _model.ParameterValues[op.Beta];
        var margin = Margin * Math.Sqrt(_relus);
        for (var c = 0; c < op.Channels; c++)
        {
            var (above, below) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = c; i < values.Length; i += op.Channels)
                (above, below) = mask[i] ? (Math.Min(above, values[i]), below) : (above, Math.Max(below, values[i]));
            if (above >= margin && below <= -margin)
                continue;
            Assert.True(above > below, $"{_model.Parameters.Slices[op.Beta].Name}: no shift keeps the masks of channel {c}");
            var shift = above - below < 2 * margin ? -(above + below) / 2 : above < margin ? margin - above : -margin - below;
            var old = beta[c];
            beta[c] = (float)(old + shift);
            for (var i = c; i < values.Length; i += op.Channels)
                values[i] += (double)beta[c] - old;
        }
    }

    private double[] Convolve(Conv2d op, Shape x, Shape y, double[] values)
    {
        var (r, s) = op.Filter;
        var filter = _model.ParameterValues[op.Weight];
        var taps = new double[r * s * x.C * y.C];
        for (var k = 0; k < y.C; k++)
            for (var c = 0; c < x.C; c++)
                for (var t = 0; t < r * s; t++)
                    taps[(((t * x.C) + c) * y.C) + k] = filter[(((k * x.C) + c) * r * s) + t];
        var output = new double[y.Length];
        Parallel.For(0, y.N * y.H, row =>
        {
            var (n, p) = (row / y.H, row % y.H);
            for (var q = 0; q < y.W; q++)
            {
                var target = output.AsSpan(((row * y.W) + q) * y.C, y.C);
                for (var t = 0; t < r * s; t++)
                {
                    var (h, w) = ((p * op.Stride.H) + (t / s) - op.Pad.Top, (q * op.Stride.W) + (t % s) - op.Pad.Left);
                    if (h < 0 || h >= x.H || w < 0 || w >= x.W)
                        continue;
                    var pixel = values.AsSpan(((((n * x.H) + h) * x.W) + w) * x.C, x.C);
                    for (var c = 0; c < x.C; c++)
                        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(taps.AsSpan(((t * x.C) + c) * y.C, y.C), pixel[c], target, target);
                }
            }
        });
        return output;
    }

    private double[] Normalize(BatchNorm op, double[][] inputs)
    {
        var (gamma, beta) = (_model.ParameterValues[op.Gamma], _model.ParameterValues[op.Beta]);
        var y = new NormalizationReference(inputs[0].Length / op.Channels, op.Channels, op.Epsilon, training: true, inputs[0], gamma, beta, null, relu: false).Y;
        return op.HasResidual ? Sum(y, inputs[1]) : y;
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Subsampled(Subsample op, Shape x, Shape y, double[] values)
    {
        var output = new double[y.Length];
        for (var pixel = 0; pixel < y.N * y.H * y.W; pixel++)
        {
            var (n, p, q) = (pixel / (y.H * y.W), pixel / y.W % y.H, pixel % y.W);
            Array.Copy(values, ((((n * x.H) + (p * op.Stride.H)) * x.W) + (q * op.Stride.W)) * x.C, output, (pixel * y.C) + op.ChannelPad.Front, x.C);
        }

        return output;
    }
}
