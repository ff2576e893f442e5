using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>CIFAR releases of a few images, as the real ones are written: binary records, and pickles of Python 2.</summary>
internal static class CifarFiles
{
    public const int ImageLength = 3072;

    /// <summary>Pixels of an image: different in every plane and image.</summary>
    public static byte[] Image(int number) => [.. Enumerable.Range(0, ImageLength).Select(i => (byte)((i / 1024 * 80) + (number * 7) + (i % 1024 / 13)))];

    /// <summary>Binary records.</summary>
    public static byte[] Binary(int first, int count, int classes) =>
        [.. Enumerable.Range(first, count).SelectMany(i => (byte[])[.. classes == 100 ? new byte[] { (byte)(i % 20) } : [], (byte)(i % classes), .. Image(i)])];

    /// <summary>A pickled dictionary of protocol 2, strings as Python 2's.</summary>
    public static byte[] Pickle(int first, int count, string labelKey, int classes)
    {
        using var file = new MemoryStream();
        void Op(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        void Short(string text) => Op($"U{(char)text.Length}{text}");
        void Number(int value)
        {
            Op("J");
            file.Write(BitConverter.GetBytes(value));
        }

        Op("\u0080\u0002}(");
        Short("batch_label");
        Short("training batch 1 of 5");
        Short(labelKey);
        Op("](");
        for (var i = first; i < first + count; i++)
            Number(i % classes);
        Op("e");
        Short("data");
        Op("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085");
        Short("b");
        Op("\u0087R(K\u0001");
        Number(count);
        Number(ImageLength);
        Op("\u0086cnumpy\ndtype\n");
        Short("u1");
        Op("K\0K\u0001\u0087R(K\u0003");
        Short("|");
        Op("NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089T");
        file.Write(BitConverter.GetBytes(count * ImageLength));
        for (var i = first; i < first + count; i++)
            file.Write(Image(i));
        Op("tbu.");
        return file.ToArray();
    }

    /// <summary>A release's files by name: five batches (CIFAR-10) or one (CIFAR-100) of training images and two test images.</summary>
    public static Dictionary<string, byte[]> Release(bool python, int classes, int each)
    {
        byte[] Make(int first, int count) => python ? Pickle(first, count, classes == 10 ? "labels" : "fine_labels", classes) : Binary(first, count, classes);
        var extension = python ? "" : ".bin";
        var files = new Dictionary<string, byte[]>();
        if (classes == 100)
        {
            files["train" + extension] = Make(0, 5 * each);
        }
        else
        {
            for (var b = 0; b < 5; b++)
                files[$"data_batch_{b + 1}{extension}"] = Make(b * each, each);
        }

        files[(classes == 100 ? "test" : "test_batch") + extension] = Make(5 * each, 2);
        return files;
    }

    /// <summary>Writes files into a folder.</summary>
    public static void Write(string folder, Dictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    /// <summary>Writes files into a .tar.gz, below a folder.</summary>
    public static void Pack(string archive, string folder, Dictionary<string, byte[]> files)
    {
        using var writer = new TarWriter(new GZipStream(File.Create(archive), CompressionLevel.Fastest));
        writer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder + "/"));
        writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, folder + "/readme.html") { DataStream = new MemoryStream("<html/>"u8.ToArray()) });
        foreach (var (name, bytes) in files)
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{name}") { DataStream = new MemoryStream(bytes) });
    }

    /// <summary>Whether a set's images are those of <see cref="Image"/>, from <paramref name="first"/> on.</summary>
    public static void AssertImages(ImageSet set, int first, int count, int classes)
    {
        Assert.Equal(Enumerable.Range(first, count).Select(i => i % classes), set.Labels);
        var pixels = new byte[ImageLength];
        for (var i = 0; i < count; i++)
        {
            set.Pixels.Read(i, null, pixels);
            var planes = Image(first + i);
            for (var p = 0; p < ImageLength; p++)
                Assert.Equal(planes[(p % 3 * 1024) + (p / 3)], pixels[p]);
        }
    }
}
