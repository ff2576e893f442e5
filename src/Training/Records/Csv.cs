using System.Text;

namespace CudaNoisy.Training;

/// <summary>Comma-separated values as RFC 4180 has them: fields with a comma, a quote or a line break are quoted, quotes are doubled.</summary>
internal static class Csv
{
    /// <summary>A field as it is written.</summary>
    public static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The next record's fields, or null at the end.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="line">Number of lines read so far; counted on.</param>
    public static List<string>? ReadRecord(TextReader reader, ref int line)
    {
        if (reader.Peek() < 0)
            return null;
        line++;
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        while (true)
        {
            var c = reader.Read();
            if (quoted && c >= 0)
            {
                if (c == '"' && reader.Peek() == '"')
                    field.Append((char)reader.Read());
                else if (c == '"')
                    quoted = false;
                else
                    field.Append((char)c);
                if (c == '\n')
                    line++;
                continue;
            }

            if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n' or < 0)
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c != ',')
                    return fields;
            }
            else if (c != '\r')
            {
                field.Append((char)c);
            }
        }
    }
}
