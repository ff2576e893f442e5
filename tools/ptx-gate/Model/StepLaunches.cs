using CudaNoisy.Kernels.Gpu;
using CudaNoisy.Runtime;

namespace CudaNoisy.PtxGate;

/// <summary>The launches of one training step (SGD), in the order the device gets them, from the network's graph.</summary>
internal sealed class StepLaunches
{
    private const double Float = sizeof(float);

    /// <summary>The flags of a ReLU's mask, of the tensor that they belong to.</summary>
    private const double Flags = 1.0 / 16;

    private readonly Graph _graph;
    private readonly Shape[] _shapes;
    private readonly bool[] _depends;
    private readonly GatheredNorms _gathered;
    private readonly int _multiprocessors;

    private StepLaunches(Graph graph, Shape input, int multiprocessors)
    {
        _graph = graph;
        _shapes = graph.Infer(input);
        _depends = graph.DependsOnParameters();
        _gathered = GatheredNorms.Of(graph, _depends);
        _multiprocessors = multiprocessors;
    }

    public static List<Launch> Of(Model model, int batch, int multiprocessors)
    {
        var input = model.Input with { N = batch };
        var step = new StepLaunches(model.Graph, input, multiprocessors);
        var launches = new List<Launch> { new("gather images", input.Length * (1 + Float)), new("gather labels", batch * 12) };
        for (var i = 0; i < model.Graph.Nodes.Count; i++)
            launches.AddRange(step.Forward(i));
        launches.AddRange([new("loss forward", 0), new("sums of the step", 0), new("loss backward", 0)]);
        for (var i = model.Graph.Nodes.Count - 1; i >= 0; i--)
            launches.AddRange(step.Backward(i));
        launches.Add(new Launch("running statistics", model.Graph.Nodes.Where(n => n.Op is BatchNorm).Sum(n => 6.0 * step._shapes[n.Output].C) * Float));
        launches.Add(new Launch("sgd", 5 * model.Parameters.Length * Float));
        return launches;
    }

    private IEnumerable<Launch> Forward(int index)
    {
        var node = _graph.Nodes[index];
        var (x, y) = (_shapes[node.Inputs[0]], _shapes[node.Output]);
        switch (node.Op)
        {
            case Conv2d conv:

                // The product leaves moments of every 64 rows; where its sums are split, the launch that adds them up leaves some of far fewer parts.
                var isSplit = ProductPlan.Choose(y.Rows, y.C, conv.Filter.R * conv.Filter.S * x.C, 1, _multiprocessors, false).Parts > 1;
                var parts = isSplit ? 0 : 2.0 * y.Length / ProductColumns.Rows;
                foreach (var launch in Product("convolution forward", conv, y, y.Rows, y.C, 1, 0, x.Length + Filter(conv), parts, false))
                    yield return launch;
                yield return new Launch("merge moments", parts * Float);
                break;
            case BatchNorm when _gathered.Output(index):
                break;
            case BatchNorm norm:
                yield return new Launch("batch-norm forward", ((norm.HasResidual ? 3 : 2) + FlagsOf(index)) * y.Length * Float);
                break;
            case Linear linear:
                var linearParts = ProductPlan.Choose(x.N, linear.Outputs, linear.Inputs, 1, _multiprocessors, false).Parts;
                yield return new Launch("linear", (x.Length + (linearParts * y.Length) + ((double)linear.Inputs * linear.Outputs)) * Float, 2.0 * x.N * linear.Inputs * linear.Outputs);
                if (linearParts > 1)
                    yield return new Launch("add parts", (linearParts + 1) * y.Length * Float);
                break;
            default:
                yield return new Launch("pooling and others", (x.Length + y.Length) * Float);
                break;
        }
    }

    private IEnumerable<Launch> Backward(int index)
    {
        var node = _graph.Nodes[index];
        var (x, y) = (_shapes[node.Inputs[0]], _shapes[node.Output]);
        switch (node.Op)
        {
            case Conv2d conv:
                var (r, s) = conv.Filter;
                var phases = conv.Stride.H * conv.Stride.W;

                // Where it works out its output's cotangent, it reads two tensors of it.
                var cotangents = (index + 1 < _graph.Nodes.Count && _gathered.InputCotangent(index + 1) ? 2.0 : 1) * y.Length;
                foreach (var launch in Product("convolution backward filter", conv, y, (long)r * s * x.C, y.C, 1, (int)y.Rows, x.Length + cotangents, 0, false))
                    yield return launch;
                if (!_depends[node.Inputs[0]])
                    break;

                // dx is read where later readers of the input have left theirs. Where the input comes from a batch-norm, its input is read for the sums, and with a residual the flags of the mask.
                var accumulates = _graph.Readers(node.Inputs[0]).Any(r => r > index);
                var front = _graph.Producer(node.Inputs[0]);
                var isWanted = front >= 0 && _graph.Nodes[front].Op is BatchNorm && _graph.FirstReader(node.Inputs[0]) == index && LeavesSums(conv, x);
                var extra = isWanted ? 1 + FlagsOf(front) + (2.0 / ProductColumns.Rows) : 0;
                foreach (var launch in Product("convolution backward data", conv, y, x.Rows / phases, x.C, phases, 0, cotangents + Filter(conv), extra * x.Length, accumulates))
                    yield return launch;
                break;
            case BatchNorm batchNorm:
                var reader = _graph.FirstReader(node.Output);
                var behind = reader < 0 ? null : _graph.Nodes[reader].Op as Conv2d;
                var gathered = _gathered.InputCotangent(index);
                if (behind is null || !LeavesSums(behind, y))
                {
                    // The masked cotangent replaces dy: for a residual and for convolutions, that in front and that behind.
                    var writes = batchNorm.Relu && (batchNorm.HasResidual || behind is not null || gathered);
                    yield return new Launch("batch-norm sums", (2 + FlagsOf(index) + (writes ? 1 : 0)) * y.Length * Float);
                }

                yield return new Launch("merge sums", 0);
                if (!gathered)
                    yield return new Launch("batch-norm backward", 3 * y.Length * Float);
                break;
            case Linear linear:
                yield return new Launch("linear", (x.Length + y.Length) * Float, 2.0 * x.N * linear.Inputs * linear.Outputs);
                yield return new Launch("linear", (x.Length + y.Length) * Float, 2.0 * x.N * linear.Inputs * linear.Outputs);
                yield return new Launch("linear", y.Length * Float);
                yield return new Launch("linear", 0);
                break;
            default:
                if (_depends[node.Inputs[0]])
                    yield return new Launch("pooling and others", (x.Length + y.Length) * Float);
                break;
        }
    }

    private static double Filter(Conv2d conv) => (double)conv.Filter.R * conv.Filter.S * conv.InputChannels * conv.OutputChannels;

    private double FlagsOf(int norm) => _gathered.FlagsLength(norm, 1) > 0 ? Flags : 0;

    /// <summary>Whether a convolution's backward pass leaves the sums of the batch-norm in front of it, in its product or where the product's parts are added up.</summary>
    private static bool LeavesSums(Conv2d conv, Shape x) => x.H % conv.Stride.H == 0 && x.W % conv.Stride.W == 0;

    /// <summary>A pass of a convolution; where its sums are cut into parts, the parts are written in place of the result, and a launch of its own adds them up.</summary>
    private IEnumerable<Launch> Product(string kernel, Conv2d conv, Shape y, long rows, int columns, int phases, int depth, double reads, double extra, bool accumulates)
    {
        var operations = 2.0 * y.Rows * Filter(conv);
        var result = (double)rows * columns * phases;
        var parts = ProductPlan.Choose(rows, columns, (int)(operations / (2 * result)), phases, _multiprocessors, depth > 0).Parts;
        var end = ((accumulates ? 2 : 1) * result) + extra;
        yield return new Launch(kernel, (reads + (parts > 1 ? parts * result : end)) * Float, operations, true, rows, columns, phases, depth);
        if (parts > 1)
            yield return new Launch("add parts", ((parts * result) + end) * Float);
    }
}
