using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>Given labels from files, CIFAR-100N's among them.</summary>
public sealed class NoisyLabelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Cifar100NFitsCifar100()
    {
        var path = SharedFiles.Require("data", "cifar_n", "CIFAR-100_human.pt");
        var clean = TorchFile.Read(path)["clean_label"].ToArray().ToInts();
        var train = Set(clean, ClassNames.Cifar100);
        var given = NoisyLabels.Read(path, "noisy_label", train);
        Assert.Equal(50_000, given.Length);

        // CIFAR-100N's published noise rate is 40.20%.
        Assert.Equal(0.4020, given.Zip(clean).Count(p => p.First != p.Second) / 50_000.0, 4);
        Assert.Equal(clean, NoisyLabels.Read(path, "clean_label", train));
        Assert.Contains("clean_label, noisy_label", Error(path, "worse_label", train), StringComparison.Ordinal);

        // Images in another order, or fewer of them.
        (clean[17], clean[18]) = (clean[18], clean[17]);
        Assert.Contains("image 17", Error(path, "noisy_label", Set(clean, ClassNames.Cifar100)), StringComparison.Ordinal);
        Assert.Contains("50000 came", Error(path, "noisy_label", Set(clean[1..], ClassNames.Cifar100)), StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(path);
        Assert.Contains("cut.pt", Error(Write("cut.pt", bytes[..400_000]), "noisy_label", train), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFormIsRead()
    {
        var train = Set([0, 1, 2, 0, 1], ["a", "b", "c"]);
        int[] given = [2, 1, 0, 0, 1];
        using (var file = File.Create(Path.Combine(_folder, "l.npy")))
            NpyFile.Write(file, [5], given);
        Assert.Equal(given, NoisyLabels.Read(Path.Combine(_folder, "l.npy"), "", train));
        Assert.Equal(given, NoisyLabels.Read(Write("l.u8", [2, 1, 0, 0, 1]), "", train));
        Assert.Equal(given, NoisyLabels.Read(Write("l.csv", "label\n2\n1\n0\n0\n1\n"u8.ToArray()), "", train));
        Assert.Equal(given, NoisyLabels.Read(Write("l.tsv", "mine\tlabel\nc\t0\nb\t0\na\t0\n0\t0\n1\t0\n"u8.ToArray()), "mine", train));

        // A table with ids: images that it does not name are left out.
        Assert.Equal([2, -1, 0, -1, 1], NoisyLabels.Read(Write("i.csv", "id,label\n2,a\n0,c\n4,b\n3,\n"u8.ToArray()), "", train));
    }

    [Theory]
    [InlineData("l.u8", "\u0001\u0001", "2 came")]
    [InlineData("l.u8", "\0\0\0\u0003\0", "3 came for image 3")]
    [InlineData("l.csv", "label\n1\n1\n", "2 came")]
    [InlineData("l.csv", "label\n1\n1\n1\n1\n1\n1\n", "line 7")]
    [InlineData("l.csv", "label\n1\n9\n1\n1\n1\n", "line 3")]
    [InlineData("l.csv", "labels\n1\n1\n1\n1\n1\n", "a column named label")]
    [InlineData("l.csv", "id,label\n7,1\n", "line 2")]
    [InlineData("l.npy", "not numpy's", "l.npy")]
    [InlineData("l.pt", "not torch's", "l.pt")]
    [InlineData("l.doc", "x", ".doc")]
    public void WrongFilesAreNamed(string name, string content, string said)
    {
        var train = Set([0, 1, 2, 0, 1], ["a", "b", "c"]);
        Assert.Contains(said, Error(Write(name, System.Text.Encoding.Latin1.GetBytes(content)), "", train), StringComparison.Ordinal);
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        return Path.Combine(_folder, name);
    }

    private static string Error(string path, string key, ImageSet train)
    {
        var message = Assert.ThrowsAny<InputException>(() => NoisyLabels.Read(path, key, train)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static ImageSet Set(int[] labels, IReadOnlyList<string> classes) =>
        new("test", new MemoryPixels(new byte[labels.Length], 1, 1, 1), (int[])labels.Clone(), classes, Numbers.Of(labels.Length));
}
