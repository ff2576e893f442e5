using System.Security.Cryptography;
using System.Text;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Features in the audit's folder, used again where encoder and images are the same.</summary>
internal static class FeatureCache
{
    /// <summary>The features.</summary>
    public const string File = "features.npy";

    private const string KeyFile = "features.key";

    /// <summary>Features of the subject's images.</summary>
    public static FeatureTable Get(AuditOptions options, EncoderFeatures encoder, AuditSubject subject, Action<string> say, CancellationToken cancel)
    {
        var (path, keyPath) = (Path.Combine(options.Out, File), Path.Combine(options.Out, KeyFile));
        var key = $"{encoder.Hash} {options.Data.EncoderType} {Identity(options, subject)}";
        if (System.IO.File.Exists(path) && System.IO.File.Exists(keyPath) && System.IO.File.ReadAllText(keyPath) == key)
        {
            try
            {
                var cached = FeatureTable.Read(path);
                if (cached.Count == subject.Count)
                {
                    say($"features from {path}");
                    return cached;
                }
            }
            catch (InputException)
            {
                // A damaged cache is made again.
            }
        }

        var features = encoder.Run(subject, cancel);
        Directory.CreateDirectory(options.Out);
        AtomicFile.Write(path, stream => Runtime.Formats.NpyFile.Write(stream, [features.Count, features.Width], features.Values));
        AtomicFile.WriteText(keyPath, key);
        say($"features computed and kept in {path}");
        return features;
    }

    /// <summary>A hash of the images in memory, of names, lengths and times of those in files.</summary>
    private static string Identity(AuditOptions options, AuditSubject subject)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = subject.Pixels!;
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{pixels.H} {pixels.W} {pixels.C} {pixels.GetType().Name}")));
        foreach (var block in pixels.Blocks)
            hash.AppendData(block);
        var root = options.Data.Data.Root;
        var folder = System.IO.File.Exists(root) ? Path.GetDirectoryName(root)! : root;
        for (var i = 0; i < subject.Count; i++)
        {
            var stamp = "";
            if (pixels.Blocks.Count == 0)
            {
                var file = new FileInfo(Path.Combine(folder, subject.Ids[i]));
                stamp = file.Exists ? FormattableString.Invariant($" {file.Length} {file.LastWriteTimeUtc.Ticks}") : "";
            }

            hash.AppendData(Encoding.UTF8.GetBytes($"{subject.Ids[i]}{stamp}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
