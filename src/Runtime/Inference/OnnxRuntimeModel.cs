using Microsoft.ML.OnnxRuntime;

namespace CudaNoisy.Runtime.Inference;

/// <summary>Any ONNX network of images, run by ONNX Runtime: one row of numbers an image. Not thread-safe.</summary>
/// <remarks>Outputs (N,C,H,W) are averaged over height and width, outputs (N,T,C) over tokens or cut to the first, see <see cref="OnnxRuntimeOptions.Pool"/>.</remarks>
public sealed class OnnxRuntimeModel : IDisposable
{
    private const string Cuda = "CUDAExecutionProvider";
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly bool _mean;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    private OnnxRuntimeModel(string path, InferenceSession session, OnnxRuntimeOptions options)
    {
        Path = path;
        _session = session;
        _mean = options.Pool == "mean";
        if (!OnnxRuntimeOptions.Pools.Contains(options.Pool))
            throw new InputException($"--pool: one of {string.Join(", ", OnnxRuntimeOptions.Pools)} expected, '{options.Pool}' came");
        var input = session.InputMetadata.Count == 1
            ? session.InputMetadata.Single()
            : throw new InputException($"{path}: a network of one input expected, {session.InputMetadata.Count} came: {string.Join(", ", session.InputMetadata.Keys)}");
        if (input.Value.ElementType != typeof(float) || input.Value.Dimensions is not [var n, var c, var h, var w])
            throw new InputException($"{path}: input '{input.Key}': floats (N,C,H,W) expected, {input.Value.ElementType?.Name} ({string.Join(',', input.Value.Dimensions)}) came");
        _inputNames = [input.Key];
        (FixedBatch, Channels, Height, Width) = (Math.Max(n, 0), Math.Max(c, 0), Math.Max(h, 0), Math.Max(w, 0));
        _outputNames = [ChooseOutput(options.Output)];
        Metadata = new Dictionary<string, string>(session.ModelMetadata.CustomMetadataMap);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The only batch size the file takes; 0 for any.</summary>
    public int FixedBatch { get; }

    /// <summary>Channels of its images; 0 for any.</summary>
    public int Channels { get; }

    /// <summary>Height of its images; 0 for any.</summary>
    public int Height { get; }

    /// <summary>Width of its images; 0 for any.</summary>
    public int Width { get; }

    /// <summary>The output's name.</summary>
    public string Output => _outputNames[0];

    /// <summary>The dimensions of the latest output: 2 (N,C), 3 (N,T,C) or 4 (N,C,H,W); 0 before the first.</summary>
    public int OutputRank { get; private set; }

    /// <summary>The file's notes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="say">Hears where it runs, when that is not what was asked for.</param>
    /// <exception cref="InputException">The file cannot be read, or is no network of images.</exception>
    public static OnnxRuntimeModel Open(string path, OnnxRuntimeOptions options, Action<string> say)
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: an ONNX file expected, it does not exist");
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        ChooseDevice(settings, options.Device, say);
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(path, settings);
            return new OnnxRuntimeModel(path, session, options);
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new InputException($"{path}: an ONNX file that ONNX Runtime can run expected, but: {FirstLine(e)}", e);
        }
        catch (InputException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Checks that images fit.</summary>
    /// <exception cref="InputException">They do not.</exception>
    public void CheckInput(string images, int h, int w, int c)
    {
        if ((Channels > 0 && Channels != c) || (Height > 0 && Height != h) || (Width > 0 && Width != w))
            throw new InputException($"{Path}: images of {Size(Height)}x{Size(Width)} with {Size(Channels)} channels expected, {h}x{w} with {c} came from {images}");

        static string Size(int size) => size > 0 ? FormattableString.Invariant($"{size}") : "any";
    }

    /// <summary>Numbers an image gives, found by running one.</summary>
    /// <exception cref="InputException">The network fails, or its output is not numbers an image.</exception>
    public int Measure(int h, int w, int c) => Run(new float[(long)Math.Max(1, FixedBatch) * c * h * w], Math.Max(1, FixedBatch), h, w, c).Length / Math.Max(1, FixedBatch);

    /// <summary>Runs a batch.</summary>
    /// <param name="images">(N,C,H,W).</param>
    /// <param name="n">Images; <see cref="FixedBatch"/> where that is not 0.</param>
    /// <param name="h">Height.</param>
    /// <param name="w">Width.</param>
    /// <param name="c">Channels.</param>
    /// <returns>(N, features).</returns>
    /// <exception cref="InputException">The network fails, or its output is not numbers an image.</exception>
    public float[] Run(float[] images, int n, int h, int w, int c)
    {
        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(images, [n, c, h, w]);
            using var outputs = _session.Run(_run, _inputNames, [input], _outputNames);
            var shape = outputs[0].GetTensorTypeAndShape();
            return shape.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
                ? Rows(outputs[0].GetTensorDataAsSpan<float>(), shape.Shape, n)
                : throw new InputException($"{Path}: output '{Output}': floats expected, {shape.ElementDataType} came");
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException($"{Path}: a network that runs on ({n},{c},{h},{w}) expected, but: {FirstLine(e)}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static void ChooseDevice(SessionOptions settings, string device, Action<string> say)
    {
        if (device is not ("auto" or "cuda" or "cpu"))
            throw new InputException($"--device: auto, cuda or cpu expected, '{device}' came");
        if (device == "cpu")
            return;
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(Cuda))
        {
            if (device == "cuda")
                say("this build has no CUDA provider of ONNX Runtime (build with -p:OnnxRuntimeGpu=true); running on the CPU");
            return;
        }

        try
        {
            settings.AppendExecutionProvider_CUDA();
        }
        catch (OnnxRuntimeException e)
        {
            say($"ONNX Runtime cannot use CUDA ({FirstLine(e)}); running on the CPU");
        }
    }

    private string ChooseOutput(string asked)
    {
        var outputs = _session.OutputMetadata;
        if (asked.Length == 0)
            return outputs.FirstOrDefault(o => o.Value.Dimensions is [_, _] or [_, _, 1, 1]).Key ?? outputs.First().Key;
        return outputs.ContainsKey(asked) ? asked : throw new InputException($"{Path}: one of the outputs {string.Join(", ", outputs.Keys)} expected, '{asked}' came");
    }

    private float[] Rows(ReadOnlySpan<float> y, long[] shape, int n)
    {
        if (shape.Length is < 2 or > 4 || shape[0] != n || shape.Any(d => d < 1))
            throw new InputException($"{Path}: output '{Output}': {n} rows of numbers expected, shape ({string.Join(',', shape)}) came");
        OutputRank = shape.Length;
        if (shape.Length == 2)
            return y.ToArray();
        return shape.Length == 3 ? Tokens(y, n, (int)shape[1], (int)shape[2]) : Averages(y, n, (int)shape[1], (int)(shape[2] * shape[3]));
    }

    private float[] Tokens(ReadOnlySpan<float> y, int n, int tokens, int features)
    {
        var rows = new float[n * features];
        for (var i = 0; i < n; i++)
        {
            var row = rows.AsSpan(i * features, features);
            var image = y.Slice(i * tokens * features, tokens * features);
            image[..features].CopyTo(row);
            if (!_mean)
                continue;
            for (var t = 1; t < tokens; t++)
                System.Numerics.Tensors.TensorPrimitives.Add(row, image.Slice(t * features, features), row);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, tokens, row);
        }

        return rows;
    }

    private static float[] Averages(ReadOnlySpan<float> y, int n, int channels, int pixels)
    {
        var rows = new float[n * channels];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = System.Numerics.Tensors.TensorPrimitives.Sum(y.Slice(i * pixels, pixels)) / pixels;
        return rows;
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
