namespace CudaNoisy.Runtime.Formats;

/// <summary>The memory that reading a file may take. References to one value from many places are free, copies are not: a small file cannot grow large.</summary>
/// <param name="fileLength">Bytes of the file.</param>
internal sealed class PickleBudget(long fileLength)
{
    /// <summary>About what an object takes with its place in a list.</summary>
    public const int Object = 48;

    /// <summary>A place on the stack, in a list or in the memo.</summary>
    public const int Slot = 16;

    private const long Floor = 64L << 20;
    private const long PerByte = 32;

    private readonly long _limit = Floor + (PerByte * fileLength);
    private long _used;

    /// <summary>Takes bytes; false when there are not so many left.</summary>
    public bool Take(long bytes) => (_used += bytes) <= _limit;
}
