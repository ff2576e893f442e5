using System.Text.Json;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary><c>decisions.json</c>, saved by the audit's page.</summary>
public static class DecisionFile
{
    private const string Format = "cudanoisy-decisions";
    private const long MaxBytes = 1L << 30;

    /// <summary>Reads decisions by sample.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file is missing or holds something else.</exception>
    public static Dictionary<string, Decision> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedFile.Read(path, MaxBytes), new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "format") != Format || !root.TryGetProperty("decisions", out var rows) || rows.ValueKind != JsonValueKind.Array)
                throw new InputException($"--accept {path}: decisions saved by audit.html expected (\"format\": \"{Format}\"), something else came");
            var decisions = new Dictionary<string, Decision>(StringComparer.Ordinal);
            foreach (var row in rows.EnumerateArray())
            {
                var (id, kind) = (Text(row, "id"), Text(row, "decision"));
                if (id is null || kind is null || !Decision.Kinds.Contains(kind))
                    throw new InputException($"--accept {path}: an id and a decision ({string.Join(", ", Decision.Kinds)}) expected in entry {decisions.Count}, '{id}' and '{kind}' came");
                if (!decisions.TryAdd(id, new Decision(kind, Text(row, "label"))))
                    throw new InputException($"--accept {path}: one decision a sample expected, two came for '{id}'");
            }

            return decisions;
        }
        catch (JsonException e)
        {
            throw new InputException($"--accept {path}: JSON expected, but: {e.Message.Split('\n')[0]}", e);
        }
    }

    private static string? Text(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
