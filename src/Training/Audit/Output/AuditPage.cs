using System.Reflection;
using System.Text;
using System.Text.Json;

namespace CudaNoisy.Training;

/// <summary><c>audit.html</c>: one page without a network: estimates, the transition matrix as a heat map, classes, and a gallery to decide about each sample.</summary>
public static class AuditPage
{
    private const string Template = "CudaNoisy.Training.Audit.Output.audit.html";
    private const string DataMark = "/*DATA*/";
    private const string TitleMark = "<!--TITLE-->";

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The audit.</param>
    /// <param name="gallery">The most samples in the gallery.</param>
    /// <exception cref="RecordException">It cannot be written.</exception>
    public static void Write(string path, AuditResult result, int gallery)
    {
        var samples = result.Ranked.Where(result.IsIssue).Take(gallery).ToArray();
        var page = ReadTemplate();
        var (title, data) = (page.IndexOf(TitleMark, StringComparison.Ordinal), page.IndexOf(DataMark, StringComparison.Ordinal));
        AtomicFile.Write(path, stream =>
        {
            Put(stream, page[..title]);
            Put(stream, System.Net.WebUtility.HtmlEncode(result.Subject.Name));
            Put(stream, page[(title + TitleMark.Length)..data]);
            using (var json = new Utf8JsonWriter(stream))
                WriteData(json, result, samples);
            Put(stream, page[(data + DataMark.Length)..]);
        });
    }

    private static void Put(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static string ReadTemplate()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Template)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The default encoder writes &lt; as \u003C, so no value can end the script it stands in.</summary>
    private static void WriteData(Utf8JsonWriter json, AuditResult result, int[] samples)
    {
        var subject = result.Subject;
        json.WriteStartObject();
        json.WriteString("name", subject.Name);
        json.WriteNumber("count", subject.Count);
        json.WriteNumber("listed", Enumerable.Range(0, subject.Count).Count(result.IsIssue));
        json.WriteString("key", subject.HasPaths ? IssueTable.PathColumn : IssueTable.IdColumn);
        Strings(json, "classes", subject.ClassNames);
        Strings(json, "summary", AuditSummary.Lines(result));
        if (result.Noise is { } noise)
        {
            Matrix(json, "T", noise.Transition);
            Matrix(json, "low", noise.TransitionLow);
            Matrix(json, "high", noise.TransitionHigh);
        }
        else
        {
            Matrix(json, "T", Transposed(result.Confident.Latent.NoiseMatrix));
        }

        PerClass(json, result);
        Samples(json, result, samples);
        Sheets(json, subject, samples);
        json.WriteEndObject();
    }

    private static void PerClass(Utf8JsonWriter json, AuditResult result)
    {
        var classes = result.Subject.ClassNames.Count;
        var (counts, wrong) = (new int[classes], new double[classes]);
        for (var i = 0; i < result.Wrong.Length; i++)
        {
            counts[result.Subject.Given[i]]++;
            wrong[result.Subject.Given[i]] += result.Wrong[i];
        }

        json.WriteStartArray("perClass");
        for (var k = 0; k < classes; k++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(counts[k]);
            json.WriteNumberValue(Math.Round(counts[k] > 0 ? wrong[k] / counts[k] : 0, 4));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>One array a column, which is smaller than one object a sample.</summary>
    private static void Samples(Utf8JsonWriter json, AuditResult result, int[] samples)
    {
        var subject = result.Subject;
        Strings(json, "ids", samples.Select(i => subject.Ids[i]));
        Numbers(json, "given", samples.Select(i => (double)subject.Given[i]));
        Numbers(json, "suggested", samples.Select(i => (double)result.Suggested[i]));
        Numbers(json, "wrong", samples.Select(i => Math.Round(result.Wrong[i], 4)));
        Numbers(json, "confidence", samples.Select(i => Math.Round(result.Confident.Scores.SelfConfidence[i], 4)));
        if (result.Disagreement.Length > 0)
        {
            Numbers(json, "disagreement", samples.Select(i => Math.Round(result.Disagreement[i], 3)));
            Strings(json, "duplicates", samples.Select(i => result.DuplicateOf[i] < 0 ? "" : subject.Ids[result.DuplicateOf[i]]));
        }

        if (subject.Ledger is { } ledger)
            Numbers(json, "loss", samples.Select(i => double.IsNaN(ledger[i].MeanLoss) ? -1 : Math.Round(ledger[i].MeanLoss, 3)));
    }

    private static void Sheets(Utf8JsonWriter json, AuditSubject subject, int[] samples)
    {
        if (subject.Pixels is null)
            return;
        json.WriteNumber("thumb", ThumbnailSheets.Size(subject.Pixels));
        json.WriteNumber("side", ThumbnailSheets.Side);
        json.WriteStartArray("sheets");
        foreach (var sheet in ThumbnailSheets.Make(subject, samples))
            json.WriteBase64StringValue(sheet);
        json.WriteEndArray();
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var transposed = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                transposed[i, j] = matrix[j, i];
        }

        return transposed;
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Matrix(Utf8JsonWriter json, string name, double[,] matrix)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            json.WriteStartArray();
            for (var j = 0; j < matrix.GetLength(1); j++)
                json.WriteNumberValue(Math.Round(matrix[i, j], 4));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
