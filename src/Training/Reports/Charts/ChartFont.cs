using ScottPlot;
using SkiaSharp;

namespace CudaNoisy.Training;

/// <summary>The font of all charts, from this assembly: they look the same on every machine, also on one without fonts.</summary>
internal sealed class ChartFont : IFontResolver
{
    public const string Family = "DejaVu Sans";

    private const string Resource = "DejaVuSans.ttf";
    private static readonly Lock Installing = new();
    private static readonly SKTypeface Typeface = SKTypeface.FromStream(Open());

    /// <summary>The font file.</summary>
    public static byte[] File
    {
        get
        {
            using var stream = Open();
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    /// <summary>Makes it the font of the plotting library.</summary>
    public static void Install()
    {
        lock (Installing)
        {
            if (Fonts.FontResolvers.Any(r => r is ChartFont))
                return;
            Fonts.FontResolvers.Insert(0, new ChartFont());
            Fonts.Default = Family;
        }
    }

    /// <summary>Whether the font has all characters of a text.</summary>
    public static bool Has(string text) => Typeface.ContainsGlyphs(text);

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => Typeface;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Typeface;

    private static Stream Open() => typeof(ChartFont).Assembly.GetManifestResourceStream(Resource)!;
}
