namespace CudaNoisy.Training;

/// <summary>A form in which CIFAR is released.</summary>
/// <param name="folder">The folder in its archive.</param>
/// <param name="archive">The archive.</param>
/// <param name="train">Files of training images.</param>
/// <param name="test">The file of test images.</param>
internal abstract class CifarFormat(string folder, string archive, string[] train, string test)
{
    /// <summary>Side of the images.</summary>
    public const int Size = 32;

    /// <summary>Colours.</summary>
    public const int Planes = 3;

    /// <summary>Bytes of an image.</summary>
    public const int ImageLength = Planes * Size * Size;

    private const long MaxBytes = 400L << 20;

    public string Archive => archive;

    public string Probe => train[0];

    private string[] Names => [.. train, test];

    /// <summary>The files where this form is at a root, unpacked or packed; null where it is not.</summary>
    public (string Name, Func<byte[]> Read)[]? Find(string root)
    {
        foreach (var place in new[] { Path.Combine(root, folder), root })
        {
            if (File.Exists(Path.Combine(place, Probe)))
                return Array.ConvertAll(Names, n => (Path.Combine(place, n), (Func<byte[]>)(() => BoundedFile.Read(Path.Combine(place, n), MaxBytes))));
        }

        var packed = Path.GetFileName(root) == archive && File.Exists(root) ? root : Path.Combine(root, archive);
        if (!File.Exists(packed))
            return null;
        var files = TarArchive.Read(packed, Names, MaxBytes);
        var missing = Names.FirstOrDefault(n => !files.ContainsKey(n));
        return missing is null
            ? Array.ConvertAll(Names, n => ($"{packed}({n})", (Func<byte[]>)(() => files[n])))
            : throw new Runtime.InputException($"{packed}: a file '{missing}' in it expected, none came");
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="Runtime.InputException">It is damaged.</exception>
    public abstract LabelledPixels Parse(byte[] file, string name, int classes);
}
