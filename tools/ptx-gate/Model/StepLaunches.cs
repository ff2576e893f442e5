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
            launches.AddRange(Backward(node, shapes, depends));
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
                var parts = splits ? 0 : 2.0 * y.Length / ColumnMoments.Rows;
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

    private static IEnumerable<Launch> Backward(GraphNode node, Shape[] shapes, bool[] depends)
    {
        var (x, y) = (shapes[node.Inputs[0]], shapes[node.Output]);
        switch (node.Op)
        {
            case Conv2d conv:
                var (r, s) = conv.Filter;
                yield return Product("convolution backward filter", conv, x, y, (long)r * s * x.C, y.C, 1, (int)y.Rows, x.Length + y.Length);
                if (depends[node.Inputs[0]])
                    yield return Product("convolution backward data", conv, x, y, x.Rows / (conv.Stride.H * conv.Stride.W), x.C, conv.Stride.H * conv.Stride.W, 0, x.Length + y.Length);
                break;
            case BatchNorm norm:

                // Without a residual a ReLU's mask is found again from x; with one, y is read and the residual's cotangent replaces dy.
                yield return new Launch("batch-norm sums", (norm.HasResidual && norm.Relu ? 4 : 2) * y.Length * Float);
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

    private static Launch Product(string kernel, Conv2d conv, Shape x, Shape y, long rows, int columns, int phases, int depth, double activations)
    {
        var (r, s) = conv.Filter;
        var filter = (double)r * s * x.C * y.C;
        return new Launch(kernel, (activations + filter) * Float, 2.0 * y.Rows * filter, true, rows, columns, phases, depth);
    }
}
