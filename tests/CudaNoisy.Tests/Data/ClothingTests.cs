using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>Clothing1M, a small tree in the real format: names with commas, labels behind the last space, clean labels for some training pictures.</summary>
public sealed class ClothingTests : IDisposable
{
    private const int Classes = 14;
    private readonly PictureFolder _folder = new();

    public ClothingTests()
    {
        var (train, val, test, noisy, clean) = (new List<string>(), new List<string>(), new List<string>(), new List<string>(), new List<string>());
        for (var i = 0; i < 6 * Classes; i++)
        {
            var key = $"images/{i % 10}/{i % 7}/{i}39645240,{i}78279{i % 5}.jpg";
            _folder.Add(key, i, 40, 30);
            if (i < 4 * Classes)
            {
                // Class 3 has one noisy picture only; every third picture has a clean label too.
                train.Add(key);
                noisy.Add($"{key} {(i % Classes == 3 && i > Classes ? 4 : i % Classes)}");
                if (i % 3 == 0)
                    clean.Add($"{key} {i % Classes}");
            }
            else
            {
                (i < 5 * Classes ? val : test).Add(key);
                clean.Add($"{key} {i % Classes}");
            }
        }

        foreach (var (name, lines) in new[] { ("noisy_train_key_list", train), ("clean_val_key_list", val), ("clean_test_key_list", test), ("noisy_label_kv", noisy), ("clean_label_kv", clean) })
            File.WriteAllLines(_folder.At(name + ".txt"), lines);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ListsAndLabelsAreRead(bool inImages)
    {
        if (!inImages)
        {
            // The reference has the pictures' folders directly in its folder.
            foreach (var part in Directory.GetDirectories(_folder.At("images")))
                Directory.Move(part, _folder.At(Path.GetFileName(part)));
            Directory.Delete(_folder.At("images"));
        }

        var data = Load();
        Assert.Equal(5 * Classes, data.Train.Count);
        Assert.Equal(4 * Classes, data.Split!.Train.Length);
        Assert.Equal(Classes, data.Test.Count);
        Assert.Equal(4, data.Given![Classes + 3]);
        Assert.Equal(-1, data.Train.Labels[1]);
        Assert.Equal(3, data.Train.Labels[Classes + Classes + 3 + 14]);
        Assert.All(data.Split.Validation, i => Assert.Equal(i % Classes, data.Train.Labels[i]));
        var pixels = new byte[32 * 32 * 3];
        data.Train.Pixels.Read(20, null, pixels);
        Assert.InRange(pixels[0], 5, 35);
    }

    [Fact]
    public void TheDefaultsAreTheReferences()
    {
        DataOptions Options(string encoder) => DataOptions.From(new SettingsReader(new Dictionary<string, string> { ["data"] = "clothing1m" }), encoder);
        Assert.Equal((224, "simclr", 128_000, 0.08), (Options("simclr").ImageSize, Options("simclr").Transform, Options("simclr").EpochImages, Options("simclr").ScaleLower));
        Assert.Equal("imagenet", Options("imagenet").Transform);
    }

    [Fact]
    public void APassIsBalancedAndDrawnAnew()
    {
        int[] labels = [.. Enumerable.Range(0, 900).Select(i => i < 700 ? 0 : i < 890 ? 1 : 2)];
        int[] indices = [.. Enumerable.Range(0, 900)];
        var sampler = new Sampler(indices, 10, 5, 1, augment: false, new BalancedSubset(indices, labels, 3, 299));

        // At most ceil(299 / 3) of a class; the last has 10.
        Assert.Equal(21, sampler.StepsPerEpoch);
        var passes = new List<int[]>();
        for (var pass = 0; pass < 2; pass++)
        {
            var seen = new List<int>();
            var batch = new int[10];
            for (var step = 0; step < 21; step++)
            {
                sampler.Fill((pass * 21) + step, batch, []);
                seen.AddRange(batch);
            }

            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.All(Enumerable.Range(0, 3), k => Assert.True(seen.Count(i => labels[i] == k) <= 100));
            passes.Add([.. seen]);
        }

        Assert.InRange(passes[0].Intersect(passes[1]).Count(), 10, 110);
        var again = new int[10];
        new Sampler(indices, 10, 5, 1, augment: false, new BalancedSubset(indices, labels, 3, 299)).Fill(30, again, []);
        Assert.Equal(passes[1].Skip(90).Take(10), again);
    }

    [Theory]
    [InlineData("noisy_label_kv.txt", "images/1/1/1.jpg", "line 1")]
    [InlineData("clean_label_kv.txt", "images/1/1/1.jpg 14", "line 1")]
    [InlineData("noisy_train_key_list.txt", "images/0/0/039645240,0782790.jpg\nimages/unknown.jpg", "line 2")]
    [InlineData("clean_val_key_list.txt", "../../etc/passwd", "line 1")]
    [InlineData("clean_test_key_list.txt", null, "not found")]
    public void WrongListsAreNamed(string name, string? content, string said)
    {
        File.Delete(_folder.At(name));
        if (content is not null)
            File.WriteAllText(_folder.At(name), content);
        var error = Assert.ThrowsAny<InputException>(Load);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingRunOnFilesDoesNotDependOnTheWorkers()
    {
        byte[]? first = null;
        foreach (var workers in new[] { "1", "3" })
        {
            var (code, output, error) = Cli.CommandLine.Run(
                "train", "--logs", _folder.At("logs"), "--name", $"w{workers}", "--data", "clothing1m", "--data_root", _folder.Root, "--image_size", "32", "--arch", "resnet20", "--device", "host",
                "--batch_size", "8", "--epoch_images", "28", "--iters", "4", "--test_bs", "8", "--workers", workers);
            Assert.True(code == 0, error + output);
            Assert.Contains("of the 19 known labels changed", error, StringComparison.Ordinal);
            var samples = File.ReadAllBytes(Path.Combine(_folder.At("logs"), $"w{workers}", "samples.csv"));
            first ??= samples;
            Assert.Equal(first, samples);
        }
    }

    [Fact]
    public void InfoCountsClassesPartsAndChangedLabels()
    {
        var (code, output, _) = Cli.CommandLine.Run("data", "info", "--data", "clothing1m", "--data_root", _folder.Root, "--image_size", "32");
        Assert.Equal(0, code);
        var rows = output.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.Contains("32x32x3", output, StringComparison.Ordinal);
        Assert.Contains("1 of 19 training labels changed (5.26", output, StringComparison.Ordinal);
        Assert.Contains(rows, r => r is ["Chiffon", "1", "0", "1", "1"]);
        Assert.Contains(rows, r => r is ["Sweater", "7", "1", "1", "1"]);
        Assert.Contains(rows, r => r is ["all", "56", "1", "14", "14"]);
        var (jsonCode, json, _) = Cli.CommandLine.Run("data", "info", "--json", "--data", "clothing1m", "--data_root", _folder.Root, "--image_size", "32");
        Assert.Equal(0, jsonCode);
        Assert.Equal(56, System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("train").GetInt32());
    }

    private LoadedData Load() => PictureFolder.Load("data", "clothing1m", "data_root", _folder.Root, "image_size", "32", "transform", "fit");
}
