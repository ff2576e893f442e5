using System.Globalization;
using System.Text.Json;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Training;
using Command = CudaNoisy.Tests.Cli.CommandLine;

namespace CudaNoisy.Tests.Audit;

/// <summary>audit, fix and diff from the command line.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private const int Classes = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FeaturesAreAuditedAndFixed()
    {
        var data = Clusters.Make(900, Classes, 0.2, 21);
        var (x, y, issues) = (Write("x.npy", data.Features, data.Width), Write("y.npy", data.Given), Path.Combine(_folder, "out", "issues.csv"));
        var (code, output, error) = Command.Run("audit", "--features", x, "--labels", y, "--class_names", "a,b,c", "--out", Path.Combine(_folder, "out"), "--device", "host");
        Assert.True(code == 0, error);
        Assert.Contains("wrong labels: ", output, StringComparison.Ordinal);
        var rows = IssueTable.Read(issues, out var hasPaths);
        Assert.False(hasPaths);
        Assert.Equal(Enumerable.Range(0, data.Count), rows.Select(r => int.Parse(r.Id, CultureInfo.InvariantCulture)).Order());
        Assert.Equal(rows.Select(r => r.Wrong).OrderDescending(), rows.Select(r => r.Wrong));
        using (var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "issues.json"))))
            Assert.InRange(json.RootElement.GetProperty("noise").GetProperty("rate").GetDouble(), 0.15, 0.25);

        var cleaned = Path.Combine(_folder, "cleaned.csv");
        Assert.Equal(0, Command.Run("fix", "--issues", issues, "--min-p", "0.9", "--out", cleaned).Code);
        var before = data.Wrong.Count(w => w);
        var after = Labels(cleaned).Count(p => p.Value != "abc"[data.Truth[p.Key]].ToString());
        Assert.True(after < before / 2, $"{before} wrong labels before, {after} after");
        Assert.Equal(0, Command.Run("fix", "--issues", issues, "--top", "30", "--action", "drop", "--out", cleaned).Code);
        Assert.Equal(data.Count - 30, Labels(cleaned).Count);
    }

    [Fact]
    public void DecisionsAreDone()
    {
        var issues = Path.Combine(_folder, "issues.csv");
        File.WriteAllText(issues, "id,given,suggested,p_wrong,issue\n2,a,b,0.9,1\n0,a,b,0.8,1\n1,b,a,0.7,1\n10,b,a,0.6,1\n");
        var decisions = Path.Combine(_folder, "decisions.json");
        File.WriteAllText(decisions, """
            {"format":"cudanoisy-decisions","data":"x","decisions":[{"id":"2","decision":"accept","label":"b"},{"id":"0","decision":"keep"},{"id":"10","decision":"drop"},{"id":"1","decision":"accept"}]}
            """);
        var cleaned = Path.Combine(_folder, "cleaned.csv");
        var (code, output, _) = Command.Run("fix", "--issues", issues, "--accept", decisions, "--out", cleaned);
        Assert.Equal(0, code);
        Assert.Contains("2 relabelled, 1 dropped", output, StringComparison.Ordinal);
        Assert.Equal("id,label\n0,a\n1,a\n2,b\n", File.ReadAllText(cleaned));
        File.WriteAllText(decisions, """{"format":"cudanoisy-decisions","decisions":[{"id":"7","decision":"keep"}]}""");
        AssertBad("'7'", "fix", "--issues", issues, "--accept", decisions, "--out", cleaned);
        File.WriteAllText(decisions, """{"format":"cudanoisy-decisions","decisions":[{"id":"1","decision":"burn"}]}""");
        AssertBad("'burn'", "fix", "--issues", issues, "--accept", decisions, "--out", cleaned);
        File.WriteAllText(decisions, "{");
        AssertBad("decisions.json", "fix", "--issues", issues, "--accept", decisions, "--out", cleaned);
    }

    [Fact]
    public void ARunIsAuditedFixedAndTrainedAgain()
    {
        var logs = Path.Combine(_folder, "logs");
        string[] train = ["train", "--logs", logs, "--encoder_ckpt", "models/onnx/resnet32-simclr-fashion.onnx", "--iters", "6", "--batch_size", "32", "--val_size", "9000", "--device", "host"];
        Assert.Equal(0, Command.Run([.. train, "--corruption_prob", "0.4", "--name", "noisy"]).Code);
        var (code, output, error) = Command.Run("audit", "--run", Path.Combine(logs, "noisy"), "--out", Path.Combine(_folder, "out"), "--device", "host");
        Assert.True(code == 0, error);
        Assert.Contains("loss of the run", output, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(_folder, "out", "audit.html"));
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.Contains("\"sheets\":[\"/9j/", page, StringComparison.Ordinal);

        var cleaned = Path.Combine(_folder, "cleaned.csv");
        Assert.Equal(0, Command.Run("fix", "--issues", Path.Combine(_folder, "out", "issues.csv"), "--min-p", "0.9", "--out", cleaned).Code);
        (code, _, error) = Command.Run([.. train, "--noisy_labels", cleaned, "--name", "cleaned"]);
        Assert.True(code == 0, error);
        (code, output, _) = Command.Run("diff", Path.Combine(logs, "noisy"), Path.Combine(logs, "cleaned"));
        Assert.Equal(0, code);
        Assert.Contains("corruption_prob: '0.4' -> '0'", output, StringComparison.Ordinal);
        Assert.Contains("with another label", output, StringComparison.Ordinal);
        Assert.Contains("test accuracy (last): ", output, StringComparison.Ordinal);
        (code, _, error) = Command.Run("audit", "--run", Path.Combine(logs, "noisy"), "--out", Path.Combine(_folder, "out"), "--device", "host");
        Assert.Contains("features from", error, StringComparison.Ordinal);
    }

    [Fact]
    public void BadInputIsSaidInOneLine()
    {
        var data = Clusters.Make(60, Classes, 0, 22);
        var (x, y, o) = (Write("x.npy", data.Features, data.Width), Write("y.npy", data.Given), Path.Combine(_folder, "out"));
        data.Features[(7 * data.Width) + 3] = float.NaN;
        AssertBad("row 7, column 3", "audit", "--features", Write("nan.npy", data.Features, data.Width), "--labels", y, "--out", o);
        AssertBad("60 labels expected", "audit", "--features", x, "--labels", Write("short.npy", data.Given[..50]), "--out", o);
        AssertBad("at least 2 classes", "audit", "--features", x, "--labels", Write("one.npy", new int[60]), "--out", o);
        AssertBad("--labels", "audit", "--features", x, "--out", o);
        AssertBad("--encoder_ckpt", "audit", "--out", o);
        AssertBad("missing.onnx", "audit", "--encoder_ckpt", "missing.onnx", "--out", o);
        AssertBad("missing.npy", "audit", "--features", Path.Combine(_folder, "missing.npy"), "--labels", y, "--out", o);
        AssertBad("--filter", "audit", "--features", x, "--labels", y, "--filter", "all", "--out", o);
        AssertBad("fix:", "fix", "--issues", x, "--out", o);
        AssertBad("issues.csv", "fix", "--issues", Path.Combine(_folder, "issues.csv"), "--top", "1", "--out", o);
        AssertBad("--min-p", "fix", "--issues", x, "--min-p", "2", "--out", o);
        AssertBad("config.yml", "diff", _folder, _folder);
    }

    [Fact]
    public void MissingAndRareClassesAreSaid()
    {
        var data = Clusters.Make(60, Classes, 0, 23);
        var labels = data.Given.Select(k => k == 2 ? 3 : k).ToArray();
        labels[0] = 4;
        var (code, _, error) = Command.Run(
            "audit", "--features", Write("x.npy", data.Features, data.Width), "--labels", Write("y.npy", labels), "--out", Path.Combine(_folder, "out"), "--device", "host");
        Assert.True(code == 0, error);
        Assert.Contains("class '2' has no sample", error, StringComparison.Ordinal);
        Assert.Contains("class '4' has 1 sample, fewer than the 5 folds", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ProbabilitiesOfMoreClassesThanTheLabelsAreSaid()
    {
        float[] rows = [.. Enumerable.Range(0, 40).SelectMany(i => i % 2 == 0 ? new[] { 0.8f, 0.1f, 0.1f } : [0.1f, 0.8f, 0.1f])];
        var labels = Enumerable.Range(0, 40).Select(i => i < 2 ? 1 - (i % 2) : i % 2).ToArray();
        var (code, output, error) = Command.Run("audit", "--probs", Write("p.npy", rows, 3), "--labels", Write("y.npy", labels), "--out", Path.Combine(_folder, "out"));
        Assert.True(code == 0, error);
        Assert.Contains("3 columns, the labels have 2 classes", error, StringComparison.Ordinal);
        Assert.Contains("confident learning: 2 issues", output, StringComparison.Ordinal);
        Assert.Equal(["0", "1"], IssueTable.Read(Path.Combine(_folder, "out", "issues.csv"), out _).Take(2).Select(r => r.Id));
    }

    private static Dictionary<int, string> Labels(string path) => File.ReadLines(path).Skip(1).Select(l => l.Split(',')).ToDictionary(f => int.Parse(f[0], CultureInfo.InvariantCulture), f => f[1]);

    private static void AssertBad(string named, params string[] arguments)
    {
        var (code, _, error) = Command.Run(arguments);
        Assert.True(code == 2, error);
        Assert.Contains(named, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private string Write(string name, float[] values, int width)
    {
        var path = Path.Combine(_folder, name);
        using var stream = File.Create(path);
        NpyFile.Write(stream, [values.Length / width, width], values);
        return path;
    }

    private string Write(string name, int[] values)
    {
        var path = Path.Combine(_folder, name);
        using var stream = File.Create(path);
        NpyFile.Write(stream, [values.Length], values);
        return path;
    }
}
