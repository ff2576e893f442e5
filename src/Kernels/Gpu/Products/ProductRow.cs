namespace CudaNoisy.Kernels.Gpu;

/// <summary>What a row of a product stands for.</summary>
/// <param name="Base">Where its first term lies: floats from the source's start, outside of it where the first tap is.</param>
/// <param name="Taps">The taps that lie inside, see <see cref="TapsInside"/>; of backward filter the row's own tap, see <see cref="Pack"/>.</param>
/// <param name="Output">The row of the result it is written to; -1 for none.</param>
public readonly record struct ProductRow(int Base, int Taps, int Output)
{
    /// <summary>The most taps a side: rows of taps have bits 16 to 30, columns bits 0 to 14.</summary>
    public const int MaxTaps = 15;

    /// <summary>What no row has: the set of a term past the end.</summary>
    public const int NoTap = int.MinValue;

    /// <summary>A row past the end: no tap of it lies inside.</summary>
    public static ProductRow None => new(0, 0, -1);

    /// <summary>The set of taps (r, s) with firstR &lt;= r &lt; lastR and firstS &lt;= s &lt; lastS: a bit for each r and one for each s.</summary>
    public static int TapsInside(int firstR, int lastR, int firstS, int lastS) => (Bits(firstR, lastR) << 16) | Bits(firstS, lastS);

    /// <summary>The set with one tap: it lies inside where a row's set has both of its bits.</summary>
    public static int Tap(int r, int s) => (0x10000 << r) | (1 << s);

    /// <summary>A tap's two numbers in one.</summary>
    public static int Pack(int r, int s) => (r << 16) | s;

    private static int Bits(int first, int last)
    {
        var from = first > 0 ? first : 0;
        return last > from ? ((1 << last) - 1) & -(1 << from) : 0;
    }
}
