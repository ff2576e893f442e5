using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.Onnx;

/// <summary>Runs an imported model on NCHW (or row) input and returns NCHW output.</summary>
public static class OnnxRunner
{
    public static float[] Run(Model model, Device device, IReadOnlyList<int> dims, float[] x)
    {
        using var values = new ParameterBuffer(device, model.Parameters);
        using var state = new ParameterBuffer(device, model.State);
        values.Load(model.ParameterValues);
        state.Load(model.StateValues);
        var plan = ExecutionPlan.Create(model.Graph, model.Input with { N = dims[0] }, ExecutionMode.Inference);
        using var workspace = new Workspace(device, plan);
        using var execution = new Execution(plan, workspace, values, state);
        var (n, h, w, c) = (dims[0], model.Input.H, model.Input.W, model.Input.C);
        execution.Input.View.CopyFrom(Permute(x, n, c, h * w));
        execution.Forward();
        var y = execution.Output.Shape;
        return Permute(execution.Output.View.ToArray(), y.N, y.H * y.W, y.C);
    }

    /// <summary>(n, a, b) to (n, b, a).</summary>
    private static float[] Permute(float[] source, int n, int a, int b)
    {
        var target = new float[source.Length];
        for (var i = 0; i < n; i++)
            for (var p = 0; p < a; p++)
                for (var q = 0; q < b; q++)
                    target[(((i * b) + q) * a) + p] = source[(((i * a) + p) * b) + q];
        return target;
    }
}
