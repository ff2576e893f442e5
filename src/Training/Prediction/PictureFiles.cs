using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Pictures named on the command line: files, and folders with everything below them.</summary>
public static class PictureFiles
{
    private const int Depth = 16;

    /// <summary>Finds them; files in the order given, a folder's by name.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Their size, cut, and what becomes of unreadable ones.</param>
    /// <param name="say">Hears which are left out.</param>
    /// <exception cref="InputException">A path does not exist, or there is no picture.</exception>
    public static ImageSet Find(IEnumerable<string> paths, DataOptions options, Action<string> say)
    {
        if (options.ImageSize == 0)
            throw new InputException("--image_size: the side in pixels to which the pictures are resized expected (the network takes any), nothing came");
        var files = paths.SelectMany(Files).ToArray();
        if (files.Length == 0)
            throw new InputException($"{string.Join(", ", paths)}: pictures ({string.Join(", ", ImageDecoder.Extensions)}) expected, none came");
        var transform = TransformRegistry.Create(options.Transform, options.ImageSize, options.ScaleLower);
        if (options.SkipUnreadable)
        {
            var unreadable = ReadingPass.Run(new FilePixels("", files, transform), keep: false, options).Unreadable;
            foreach (var error in unreadable.Values)
                say("left out: " + error.Message);
            files = [.. files.Where((_, i) => !unreadable.ContainsKey(i))];
        }

        var labels = new int[files.Length];
        Array.Fill(labels, -1);
        return new ImageSet("the pictures", new FilePixels("", files, transform), labels, [], files);
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new InputException($"{path}: a picture or a folder of pictures expected, it does not exist");
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, AttributesToSkip = FileAttributes.Hidden };
        return Directory.EnumerateFiles(path, "*", everywhere).Where(f => ImageDecoder.Extensions.Contains(Path.GetExtension(f))).Order(StringComparer.Ordinal);
    }
}
