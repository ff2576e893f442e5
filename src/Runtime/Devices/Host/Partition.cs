namespace CudaNoisy.Runtime;

/// <summary>Splits a length into parts that depend on the length only.</summary>
internal static class Partition
{
    /// <summary>Elements a part of an element-wise job: three streams of it fit the second-level cache.</summary>
    public const long Elements = 32 * 1024;

    /// <summary>Parts for a number of elements.</summary>
    public static int Parts(long length, long each = Elements) => (int)((length + each - 1) / each);

    /// <summary>One part's first element and length.</summary>
    public static (long First, int Count) Part(int part, long length, long each = Elements) => (part * each, (int)Math.Min(each, length - (part * each)));

    /// <summary>Rows a part of a job over (rows, channels): about <see cref="Elements"/> elements.</summary>
    public static long Rows(int channels) => Math.Max(1, Elements / channels);
}
