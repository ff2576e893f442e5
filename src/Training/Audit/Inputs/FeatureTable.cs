using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>Features, (samples, values).</summary>
/// <param name="Values">Row-major.</param>
/// <param name="Width">Values a sample.</param>
internal sealed record FeatureTable(float[] Values, int Width)
{
    public int Count => Values.Length / Width;

    /// <summary>Reads a .npy file.</summary>
    /// <exception cref="InputException">It is no table of floats, is too large, or holds a value that is not finite.</exception>
    public static FeatureTable Read(string path)
    {
        using var rows = new NpyRows(path);
        if ((long)rows.Count * rows.Columns > Array.MaxLength)
            throw new InputException($"{path}: at most {Array.MaxLength} values expected, {(long)rows.Count * rows.Columns} came");
        var values = new float[rows.Count * rows.Columns];
        const int each = 4096;
        for (var first = 0; first < rows.Count; first += each)
            rows.Read(first, values.AsSpan(first * rows.Columns, Math.Min(each, rows.Count - first) * rows.Columns));
        return new FeatureTable(values, rows.Columns).Checked(path);
    }

    /// <summary>This table, if every value is finite.</summary>
    public FeatureTable Checked(string name)
    {
        var bad = Array.FindIndex(Values, v => !float.IsFinite(v));
        return bad < 0
            ? this
            : throw new InputException(FormattableString.Invariant($"{name}: finite features expected, {Values[bad]} came in row {bad / Width}, column {bad % Width}"));
    }

    /// <summary>Every column with mean 0 and variance 1 (constant ones 0), and a last column of ones.</summary>
    public float[] Standardized()
    {
        var (n, d) = (Count, Width);
        var (mean, square) = (new double[d], new double[d]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < d; j++)
                mean[j] += Values[(i * d) + j];
        }

        for (var j = 0; j < d; j++)
            mean[j] /= n;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < d; j++)
                square[j] += (Values[(i * d) + j] - mean[j]) * (Values[(i * d) + j] - mean[j]);
        }

        var scale = Array.ConvertAll(square, s => s / n > 1e-20 ? 1 / Math.Sqrt(s / n) : 0);
        var standardized = new float[n * (d + 1)];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < d; j++)
                standardized[(i * (d + 1)) + j] = (float)((Values[(i * d) + j] - mean[j]) * scale[j]);
            standardized[(i * (d + 1)) + d] = 1;
        }

        return standardized;
    }
}
