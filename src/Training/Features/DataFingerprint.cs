using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CudaNoisy.Training;

/// <summary>A hash that changes when a set's images may have changed: pixels in memory, or names, sizes and times of files.</summary>
public static class DataFingerprint
{
    /// <summary>SHA-256 of a file, in hexadecimal.</summary>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Hashes a set.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">Where they come from and how they are cut.</param>
    public static string Of(ImageSet images, DataOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(FormattableString.Invariant($"{images.Count} {images.H} {images.W} {images.C}"));
        if (images.Pixels.Blocks.Count > 0)
        {
            foreach (var block in images.Pixels.Blocks)
                hash.AppendData(block);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        var folder = File.Exists(options.Root) ? Path.GetDirectoryName(Path.GetFullPath(options.Root))! : options.Root;
        Add($"{options.Set} {Path.GetFullPath(options.Root)} {options.Transform} {options.ScaleLower.ToString(CultureInfo.InvariantCulture)}");
        foreach (var id in images.Ids)
        {
            var file = new FileInfo(Path.Combine(folder, id));
            Add(file.Exists ? FormattableString.Invariant($"{id} {file.Length} {file.LastWriteTimeUtc.Ticks}") : id);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
