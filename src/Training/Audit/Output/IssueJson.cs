using System.Text.Json;

namespace CudaNoisy.Training;

/// <summary><c>issues.json</c>: the estimates, and the samples listed as issues, the most likely wrong first.</summary>
public static class IssueJson
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The audit.</param>
    /// <exception cref="RecordException">It cannot be written.</exception>
    public static void Write(string path, AuditResult result) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        var subject = result.Subject;
        json.WriteStartObject();
        json.WriteString("data", subject.Name);
        json.WriteNumber("samples", subject.Count);
        json.WriteStartArray("class_names");
        foreach (var name in subject.ClassNames)
            json.WriteStringValue(name);
        json.WriteEndArray();
        WriteEstimates(json, result);
        json.WriteStartArray("issues");
        foreach (var i in result.Ranked.Where(result.IsIssue))
            WriteIssue(json, result, i);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteEstimates(Utf8JsonWriter json, AuditResult result)
    {
        if (result.Noise is { } noise)
        {
            json.WriteStartObject("noise");
            json.WriteNumber("rate", noise.Rate);
            json.WriteNumber("low", noise.Low);
            json.WriteNumber("high", noise.High);
            WriteMatrix(json, "transition", noise.Transition);
            WriteMatrix(json, "transition_low", noise.TransitionLow);
            WriteMatrix(json, "transition_high", noise.TransitionHigh);
            json.WriteEndObject();
        }

        if (result.Advice is { } advice)
        {
            json.WriteStartObject("recommendation");
            json.WriteString("settings", advice.Settings);
            json.WriteString("reason", advice.Reason);
            json.WriteEndObject();
        }

        var confident = result.Confident;
        json.WriteStartObject("confident_learning");
        json.WriteNumber("issues", confident.IssueCount);
        WriteMatrix(json, "joint", confident.JointDistribution());
        WriteMatrix(json, "noise_matrix", confident.Latent.NoiseMatrix);
        WriteMatrix(json, "inverse_noise_matrix", confident.Latent.InverseNoiseMatrix);
        json.WriteStartArray("prior");
        foreach (var p in confident.Latent.Prior)
            json.WriteNumberValue(p);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIssue(Utf8JsonWriter json, AuditResult result, int i)
    {
        var subject = result.Subject;
        json.WriteStartObject();
        json.WriteString(subject.HasPaths ? IssueTable.PathColumn : IssueTable.IdColumn, subject.Ids[i]);
        json.WriteString("given", subject.ClassNames[subject.Given[i]]);
        json.WriteString("suggested", subject.ClassNames[result.Suggested[i]]);
        json.WriteNumber("p_wrong", Math.Round(result.Wrong[i], 6));
        json.WriteNumber("self_confidence", result.Confident.Scores.SelfConfidence[i]);
        json.WriteNumber("normalized_margin", result.Confident.Scores.NormalizedMargin[i]);
        json.WriteNumber("confidence_weighted_entropy", result.Confident.Scores.ConfidenceWeightedEntropy[i]);
        json.WriteBoolean("filtered", result.Filtered[i]);
        if (result.Disagreement.Length > 0)
        {
            json.WriteNumber("neighbour_disagreement", result.Disagreement[i]);
            if (result.DuplicateOf[i] >= 0)
                json.WriteString("duplicate_of", subject.Ids[result.DuplicateOf[i]]);
        }

        if (subject.Ledger is { } ledger && !double.IsNaN(ledger[i].MeanLoss))
        {
            json.WriteNumber("mean_loss", ledger[i].MeanLoss);
            json.WriteNumber("mean_weight", ledger[i].MeanWeight);
            json.WriteNumber("flips", ledger[i].Flips);
        }

        json.WriteEndObject();
    }

    private static void WriteMatrix(Utf8JsonWriter json, string name, double[,] matrix)
    {
        json.WriteStartArray(name);
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            json.WriteStartArray();
            for (var column = 0; column < matrix.GetLength(1); column++)
                json.WriteNumberValue(Math.Round(matrix[row, column], 6));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
