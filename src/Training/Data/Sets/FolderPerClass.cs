using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A folder per class: <c>train/CLASS/...</c> with <c>val</c> and <c>test</c> beside it where there are such parts, or <c>CLASS/...</c> alone. Classes are sorted by name, as torchvision does.</summary>
internal sealed class FolderPerClass : IDataSet
{
    private const int Depth = 8;

    private static readonly (DataPart Part, string[] Names)[] Parts =
    [
        (DataPart.Train, ["train", "training"]),
        (DataPart.Validation, ["val", "valid", "validation"]),
        (DataPart.Test, ["test", "testing"]),
    ];

    public LoadedData Load(string root, DataOptions options)
    {
        try
        {
            var parts = Parts.SelectMany(p => p.Names, (p, folder) => (p.Part, Folder: folder)).Where(p => Directory.Exists(Path.Combine(root, p.Folder))).ToArray();
            if (!parts.Any(p => p.Part == DataPart.Train))
                parts = [(DataPart.Train, "")];
            var classes = Classes(Path.Combine(root, parts[0].Folder));
            var builder = new FileSetBuilder(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))), root, options);
            foreach (var (part, folder) in parts)
                Collect(root, folder, part, classes, builder);
            return builder.Build(classes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{root}: a folder of class folders expected, but: {e.Message.Split('\n')[0]}", e);
        }
    }

    private static void Collect(string root, string folder, DataPart part, string[] classes, FileSetBuilder builder)
    {
        var found = Classes(Path.Combine(root, folder));
        foreach (var name in found)
        {
            var label = Array.BinarySearch(classes, name, StringComparer.Ordinal);
            if (label < 0)
                throw new InputException($"{Path.Combine(root, folder, name)}: a class of the training images expected ({classes.Length} classes), '{name}' came");
            var everywhere = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, AttributesToSkip = FileAttributes.Hidden };
            var files = Directory.EnumerateFiles(Path.Combine(root, folder, name), "*", everywhere)
                .Where(f => ImageDecoder.Extensions.Contains(Path.GetExtension(f)))
                .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal);
            foreach (var file in files)
                builder.Add(part, file, label, label);
        }
    }

    private static string[] Classes(string folder)
    {
        string[] names = [.. Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)!).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];
        return names.Length >= 2 ? names : throw new InputException($"{folder}: a folder for each of at least 2 classes expected, {names.Length} came");
    }
}
