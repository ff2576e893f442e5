namespace CudaNoisy.Training;

/// <summary>A page that needs nothing else, no network and no script: its head with style and font, and its end.</summary>
internal static class HtmlPage
{
    /// <summary>What closes a page.</summary>
    public const string Close = "</main>\n</body>\n</html>\n";

    /// <summary>What opens a page.</summary>
    /// <param name="title">Its title, not encoded.</param>
    public static string Open(string title) =>
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n" +
        $"<title>{HtmlTable.Encode(title)}</title>\n<style>\n" +
        $"@font-face {{ font-family: \"Plot\"; src: url(data:font/ttf;base64,{Convert.ToBase64String(ChartFont.File)}); }}\n{Style()}</style>\n</head>\n<body>\n<main>\n";

    private static string Style()
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
