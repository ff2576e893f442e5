using CudaNoisy.Kernels.Gpu;
using CudaNoisy.Runtime;

namespace CudaNoisy.PtxGate;

/// <summary>The launches of one training step (SGD), in the order the device gets them, from the network's graph.</summary>
internal static class StepLaunches
{
    private const double Float = sizeof(float);

    public static List<Launch> Of(Model model, int batch, int multiprocessors)
    {
        var input = model.Input with { N = batch };
        var shapes = model.Graph.Infer(input);
        var depends = model.Graph.DependsOnParameters();
        var launches = new List<Launch> { new("gather images", input.Length * (1 + Float)), new("gather labels", batch * 12) };
        foreach (var node in model.Graph.Nodes)
            launches.AddRange(Forward(node, shapes, multiprocessors));
        launches.AddRange([new("loss forward", 0), new("sums of the step", 0), new("loss backward", 0), new("fill", model.Parameters.Length * Float)]);
        foreach (var node in model.Graph.Nodes.Reverse())
            launches.AddRange(Backward(node, model.Graph, shapes, depends, multiprocessors));
        launches.AddRange(model.Graph.Nodes.Where(n => n.Op is BatchNorm).Select(n => new Launch("running statistics", shapes[n.Output].C * 4 * Float)));
        launches.Add(new Launch("sgd", 5 * model.Parameters.Length * Float));
        return launches;
    }

    private static IEnumerable<Launch> Forward(GraphNode node, Shape[] shapes, int multiprocessors)
    {
        var (x, y) = (shapes[node.Inputs[0]], shapes[node.Output]);
        switch (node.Op)
        {
            case Conv2d conv:

                // The product leaves moments of every 64 rows, unless its sums are split.
                var splits = ProductPlan.Choose(y.Rows, y.C, conv.Filter.R * conv.Filter.S * x.C, 1, multiprocessors, false).Parts > 1;
                var parts = splits ? 0 : 2.0 * y.Length / ProductColumns.Rows;
                yield return Product("convolution forward", conv, x, y, y.Rows, y.C, 1, 0, x.Length + y.Length + parts);
                if (splits)
                    yield return new Launch("batch-norm moments", y.Length * Float);
                yield return new Launch("merge moments", parts * Float);
                break;
            case BatchNorm norm:
                yield return new Launch("batch-norm forward", (norm.HasResidual ? 3 : 2) * y.Length * Float);
                break;
            case Linear linear:
                yield return new Launch("linear", (x.Length + y.Length + ((double)linear.Inputs * linear.Outputs)) * Float, 2.0 * x.N * linear.Inputs * linear.Outputs);
                break;
            default:
                yield return new Launch("pooling and others", (x.Length + y.Length) * Float);
                break;
        }
    }

    private static IEnumerable<Launch> Backward(GraphNode node, Graph graph, Shape[] shapes, bool[] depends, int multiprocessors)
    {
        var (x, y) = (shapes[node.Inputs[0]], shapes[node.Output]);
        switch (node.Op)
        {
            case Conv2d conv:
                var (r, s) = conv.Filter;
                var phases = conv.Stride.H * conv.Stride.W;
                yield return Product("convolution backward filter", conv, x, y, (long)r * s * x.C, y.C, 1, (int)y.Rows, x.Length + y.Length);
                if (!depends[node.Inputs[0]])
                    break;

                // dx is read where later readers of the input have left theirs. Where the input comes from a batch-norm, its input is read for the sums, and with a residual the output for the mask.
                var accumulates = graph.Nodes.SkipWhile(n => n != node).Skip(1).Any(n => n.Inputs.Contains(node.Inputs[0]));
                var norm = graph.Nodes.FirstOrDefault(n => n.Output == node.Inputs[0])?.Op as BatchNorm;
                var extra = norm is null || graph.Nodes[graph.FirstReader(node.Inputs[0])] != node || !IsWhole(conv, x, y, multiprocessors) ? 0 : (ReadsOutput(norm) ? 2 : 1) + (2.0 / ProductColumns.Rows);
                yield return Product(
                    "convolution backward data", conv, x, y, x.Rows / phases, x.C, phases, 0, ((1 + (accumulates ? 1 : 0) + extra) * x.Length) + y.Length);
                break;
            case BatchNorm batchNorm:
                var reader = graph.FirstReader(node.Output);
                var behind = reader < 0 ? null : graph.Nodes[reader].Op as Conv2d;
                if (behind is null || !IsWhole(behind, y, shapes[graph.Nodes[reader].Output], multiprocessors))
                {
                    // Without a residual a ReLU's mask is found again from x; with one, y is read. The masked cotangent replaces dy, for a residual and for a convolution that cannot leave it.
                    var writes = batchNorm.Relu && (batchNorm.HasResidual || behind is not null);
                    yield return new Launch("batch-norm sums", (2 + (ReadsOutput(batchNorm) ? 1 : 0) + (writes ? 1 : 0)) * y.Length * Float);
                }

                yield return new Launch("merge sums", 0);
                yield return new Launch("batch-norm backward", 3 * y.Length * Float);
                break;
            case Linear linear:
                yield return new Launch("linear", (x.Length + y.Length) * Float, 2.0 * x.N * linear.Inputs * linear.Outputs);
                yield return new Launch("linear", (x.Length + y.Length) * Float, 2.0 * x.N * linear.Inputs * linear.Outputs);
                yield return new Launch("linear", y.Length * Float);
                yield return new Launch("linear", 0);
                break;
            default:
                if (depends[node.Inputs[0]])
                    yield return new Launch("pooling and others", (x.Length + y.Length) * Float);
                break;
        }
    }

    private static bool ReadsOutput(BatchNorm norm) => norm is { HasResidual: true, Relu: true };

    /// <summary>Whether a convolution's backward pass leaves the sums of the batch-norm in front of it.</summary>
    private static bool IsWhole(Conv2d conv, Shape x, Shape y, int multiprocessors) =>
        conv.Stride == (1, 1) && ProductPlan.Choose(x.Rows, x.C, conv.Filter.R * conv.Filter.S * y.C, 1, multiprocessors, false).Parts == 1;

    private static Launch Product(string kernel, Conv2d conv, Shape x, Shape y, long rows, int columns, int phases, int depth, double activations)
    {
        var (r, s) = conv.Filter;
        var filter = (double)r * s * x.C * y.C;
        return new Launch(kernel, (activations + filter) * Float, 2.0 * y.Rows * filter, true, rows, columns, phases, depth);
    }
}
