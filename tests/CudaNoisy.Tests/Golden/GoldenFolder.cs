using System.Text.Json;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Tests.Golden;

/// <summary>A folder of reference traces, laid out like <c>golden/resnet32</c>.</summary>
public sealed class GoldenFolder
{
    private readonly JsonElement _trace;

    private GoldenFolder(string path)
    {
        Path = path;
        _trace = JsonDocument.Parse(File.ReadAllText(At("trace.json"))).RootElement;
    }

    /// <summary>The folders of <c>CUDANOISY_GOLDEN</c>, or the one beside the clone.</summary>
    public static IReadOnlyList<string> Paths =>
        Environment.GetEnvironmentVariable("CUDANOISY_GOLDEN") is { Length: > 0 } list ? list.Split(System.IO.Path.PathSeparator) : [SharedFiles.At("golden", "resnet32")];

    public string Path { get; }

    public int Batch => _trace.GetProperty("batch").GetInt32();

    public int Steps => _trace.GetProperty("steps").GetInt32();

    public int Classes => _trace.GetProperty("classes").GetInt32();

    public JsonElement Hparams => _trace.GetProperty("hparams");

    /// <summary>Opens a folder, or skips the test.</summary>
    public static GoldenFolder Open(string path)
    {
        Skip.IfNot(File.Exists(System.IO.Path.Combine(path, "trace.json")), $"skipped: {Name(path)}/trace.json not present");
        return new GoldenFolder(path);
    }

    public string At(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>A file's path, or a skip that names it.</summary>
    public string Require(string file)
    {
        Skip.IfNot(File.Exists(At(file)), $"skipped: {Name(Path)}/{file} not present");
        return At(file);
    }

    public JsonElement[] Run(string name)
    {
        Skip.IfNot(_trace.GetProperty("runs").TryGetProperty(name, out var run), $"skipped: {Name(Path)}/trace.json has no run {name}");
        return [.. run.EnumerateArray()];
    }

    /// <summary>Arrays of a .npz file, or of the digest beside it; null where neither is there.</summary>
    public Dictionary<string, GoldenArray>? Arrays(string name)
    {
        if (File.Exists(At(name + ".npz")))
            return NpyFile.ReadArchive(At(name + ".npz")).ToDictionary(p => p.Key, p => GoldenArray.Of(p.Value.ToDoubles()));
        if (!File.Exists(At(name + ".json")))
            return null;
        return JsonDocument.Parse(File.ReadAllText(At(name + ".json"))).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => GoldenArray.Of(p.Value));
    }

    private static string Name(string path) => System.IO.Path.GetFileName(path.TrimEnd(System.IO.Path.DirectorySeparatorChar));
}
