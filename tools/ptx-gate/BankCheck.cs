using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.PtxGate;

/// <summary>Bank conflicts of the product kernels' shared-memory accesses, counted with the kernels' own layout functions.</summary>
/// <remarks>A 128-bit access goes out a quarter warp at a time: eight lanes must touch eight different groups of four banks, or the same address.</remarks>
internal static class BankCheck
{
    /// <summary>Every access pattern with its number of extra cycles a warp.</summary>
    public static IEnumerable<(string Access, int Extra)> Run()
    {
        foreach (var rows in new[] { 32, 64, 128 })
        {
            for (var quad = 0; quad < 4; quad++)
            {
                var q = quad;
                yield return ($"tensor cores, along depth, quad {q}", Extra(lane => SharedLayout.AlongDepth((lane / 4 * 4) + q, lane % 4 * 4)));
                yield return ($"tensor cores, along rows of {rows}, quad {q}", Extra(lane => SharedLayout.AlongRows(rows, lane / 4 * 4, (lane % 4 * 4) + q)));
                for (var depth = 0; depth < 16; depth += 4)
                {
                    var d = depth;
                    yield return ($"multiply-adds, left along depth {d}, quad {q}", Extra(lane => SharedLayout.AlongDepth((lane / 4 * 4) + q, d)));
                    yield return ($"multiply-adds, left along rows {d}, quad {q}", Extra(lane => SharedLayout.AlongRows(rows, lane / 4 * 4, d + q)));
                    yield return ($"multiply-adds, right along depth {d}, quad {q}", Extra(lane => SharedLayout.AlongDepth((lane % 4 * 8) + q, d)));
                    yield return ($"multiply-adds, right along rows of {rows} {d}, quad {q}", Extra(lane => SharedLayout.AlongRows(rows, lane % 4 * 8, d + q)));
                }
            }

            for (var warp = 0; warp < 8; warp++)
            {
                var first = warp * 32;
                yield return ($"copies along depth, warp {warp}", Extra(lane => SharedLayout.AlongDepth((first + lane) / 4, lane % 4 * 4)));
                yield return ($"copies along rows of {rows}, warp {warp}", Extra(lane => SharedLayout.AlongRows(rows, (first + lane) * 4 % rows, (first + lane) * 4 / rows % 16)));
            }
        }

        yield return ("results to shared memory", Extra(lane => lane * 4));
    }

    private static int Extra(Func<int, int> place)
    {
        var extra = 0;
        for (var phase = 0; phase < 32; phase += 8)
            extra += Enumerable.Range(phase, 8).Select(place).Distinct().GroupBy(p => p / 4 % 8).Max(g => g.Count()) - 1;
        return extra;
    }
}
