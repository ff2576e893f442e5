using CudaNoisy.Runtime;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CudaNoisy.Training;

/// <summary>Settings from a flat YAML file: one option a line.</summary>
public static class YamlSettings
{
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is not a flat map.</exception>
    public static Dictionary<string, string> Read(string path) => Load(path) is { } map ? Flat(path, map) : [];

    /// <summary>A file's map; null where the file is empty.</summary>
    /// <exception cref="InputException">It cannot be read, or is no map.</exception>
    internal static YamlMappingNode? Load(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new InputException($"{path}: a YAML file expected, nothing came: it does not exist");
            if (new FileInfo(path).Length > MaxBytes)
                throw new InputException($"{path}: a YAML file below {MaxBytes} bytes expected, {new FileInfo(path).Length} came");
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count == 0)
                return null;
            return yaml.Documents[0].RootNode as YamlMappingNode ?? throw new InputException($"{path}: lines of 'option: value' expected, something else came");
        }
        catch (YamlException e)
        {
            throw new InputException($"{path}: YAML expected at line {e.Start.Line}, but: {e.Message.Split('\n')[0]}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: a readable file expected, but: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>A map's values by name.</summary>
    /// <exception cref="InputException">A value is a list or a map.</exception>
    internal static Dictionary<string, string> Flat(string path, YamlMappingNode map)
    {
        var settings = new Dictionary<string, string>();
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || value is not YamlScalarNode scalar)
                throw new InputException($"{path}: a single value for '{key}' expected at line {key.Start.Line}, a list or map came");
            settings[name] = scalar.Value ?? "";
        }

        return settings;
    }
}
