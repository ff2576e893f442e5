using System.Globalization;
using System.Net;
using System.Text;

namespace CudaNoisy.Training;

/// <summary>A table of a page; everything is encoded, numbers stand to the right.</summary>
internal sealed class HtmlTable(params IReadOnlyList<string> header)
{
    private readonly StringBuilder _rows = new();

    /// <summary>Adds a row: texts, whole numbers, or shares as doubles (NaN is shown as a dash).</summary>
    public void Add(params IReadOnlyList<object> cells)
    {
        _rows.Append("<tr>");
        foreach (var cell in cells)
            _rows.Append(cell is string text ? $"<td>{Encode(text)}</td>" : $"<td class=\"n\">{Number(cell)}</td>");
        _rows.Append("</tr>\n");
    }

    /// <summary>The table as HTML.</summary>
    public override string ToString() =>
        $"<div class=\"scroll\"><table>\n<tr>{string.Concat(header.Select(h => $"<th>{Encode(h)}</th>"))}</tr>\n{_rows}</table></div>\n";

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? share.ToString("P1", CultureInfo.InvariantCulture) : "–";

    /// <summary>A text as HTML.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Number(object value) => value switch
    {
        double share => Percent(share),
        float probability => float.IsFinite(probability) ? probability.ToString("0.000", CultureInfo.InvariantCulture) : "–",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
    };
}
