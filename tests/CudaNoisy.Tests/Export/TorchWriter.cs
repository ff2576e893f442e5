using System.Text;
using CudaNoisy.Runtime;
using CudaNoisy.Tests.Formats;

namespace CudaNoisy.Tests.Export;

/// <summary>Writes named tensors as a PyTorch checkpoint of the older format.</summary>
internal static class TorchWriter
{
    /// <summary>A model's parameters and running statistics under their names.</summary>
    public static Dictionary<string, (int[] Dims, float[] Values)> StateOf(Model model)
    {
        var state = new Dictionary<string, (int[], float[])>();
        for (var i = 0; i < model.Parameters.Slices.Count; i++)
            state[model.Parameters.Slices[i].Name] = ([.. model.Parameters.Slices[i].Dims], model.ParameterValues[i]);
        for (var i = 0; i < model.State.Slices.Count; i++)
            state[model.State.Slices[i].Name] = ([.. model.State.Slices[i].Dims], model.StateValues[i]);
        return state;
    }

    public static void Write(string path, IReadOnlyDictionary<string, (int[] Dims, float[] Values)> state)
    {
        var (pickle, keys) = (new StringBuilder("}S'state_dict'\n}"), new StringBuilder("]"));
        using var storages = new MemoryStream();
        var number = 0;
        foreach (var (name, (dims, values)) in state)
        {
            var key = $"{number++}";
            var strides = dims.Select((_, d) => dims[(d + 1)..].Aggregate(1, (a, b) => a * b));
            pickle.Append($"S'{name}'\n{TorchBuilder.Tensor("FloatStorage", key, values.Length, 0, Ints(dims), Ints(strides))}s");
            keys.Append($"S'{key}'\na");
            storages.Write(BitConverter.GetBytes((long)values.Length));
            storages.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        }

        File.WriteAllBytes(path, [.. TorchBuilder.LegacyHeader, .. Encoding.Latin1.GetBytes($"{pickle}s."), .. Encoding.Latin1.GetBytes($"{keys}."), .. storages.ToArray()]);
    }

    private static string Ints(IEnumerable<int> values) => string.Concat(values.Select(v => $"I{v}\n"));
}
