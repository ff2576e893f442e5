using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.Data;

/// <summary>A CSV or TSV file of paths and labels.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly PictureFolder _folder = PictureFolder.Classes(4);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("m.csv", ",")]
    [InlineData("m.tsv", "\t")]
    public void ReadsPathsLabelsAndSplits(string name, string separator)
    {
        Write(name, separator, "path,label,split", "train/class0/000.png,cat,train", "train/class1/001.png,dog,", "test/class1/000.png,dog,val", "test/class0/001.png,cat,test");
        var data = Load(name);
        Assert.Equal(["cat", "dog"], data.Train.ClassNames);
        Assert.Equal([0, 1, 1], data.Train.Labels);
        Assert.Equal([2], data.Split!.Validation);
        Assert.Equal(0, Assert.Single(data.Test.Labels));
        Assert.Equal("train/class1/001.png", data.Train.Ids[1]);
    }

    [Fact]
    public void TrueLabelsTellChangedOnes()
    {
        Write("m.csv", ",", "path,label,true_label,remark", "train/class0/000.png,2,0,x", "train/class0/001.png,1,1,\"a, b\"", "train/class0/002.png,0,,", "train/class0/003.png,,1,dropped");
        var data = Load("m.csv");
        Assert.Equal(["0", "1", "2"], data.Train.ClassNames);
        Assert.Equal([2, 1, 0], data.Given!);
        Assert.Equal([0, 1, -1], data.Train.Labels);
    }

    [Theory]
    [InlineData("line 1", "file,label", "train/class0/000.png,1")]
    [InlineData("line 3", "path,label", "train/class0/000.png,1", "train/class0/001.png")]
    [InlineData("line 2", "path,label,split", "train/class0/000.png,1,holdout")]
    [InlineData("none came", "path,label")]
    [InlineData("'01' came", "path,label", "train/class0/000.png,01", "train/class0/001.png,1")]
    [InlineData("line 3", "path,label", "train/class0/000.png,0", "train/class0/gone.png,1")]
    public void WrongFilesAreNamed(string named, params string[] lines)
    {
        Write("m.csv", ",", lines);
        var error = Assert.ThrowsAny<InputException>(() => Load("m.csv"));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [SkippableFact]
    public void ReadsCifarJpegs()
    {
        var rows = new List<string> { "path,label,split" };
        foreach (var (name, bytes) in TarFiles.Read(SharedFiles.Require("data", "cifar10", "train_jpeg.tar.gz"), 500))
        {
            File.WriteAllBytes(_folder.At(Path.GetFileName(name)), bytes);
            rows.Add($"{Path.GetFileName(name)},{name[^5]},{(rows.Count % 10 == 0 ? "test" : "train")}");
        }

        File.WriteAllLines(_folder.At("cifar.csv"), rows);
        var data = PictureFolder.Load("data", "manifest", "data_root", _folder.At("cifar.csv"), "image_size", "32");
        Assert.Equal((450, 50), (data.Train.Count, data.Test.Count));
        Assert.Equal(10, data.Train.ClassNames.Count);
        Assert.All(Enumerable.Range(0, 450), i => Assert.Equal(data.Train.Ids[i][^5] - '0', data.Train.Labels[i]));
    }

    private Training.LoadedData Load(string name) => PictureFolder.Load("data", "manifest", "data_root", _folder.At(name), "image_size", "16");

    private void Write(string name, string separator, params string[] lines) =>
        File.WriteAllLines(_folder.At(name), lines.Select(l => separator == "," ? l : l.Replace(",", separator, StringComparison.Ordinal)));
}
