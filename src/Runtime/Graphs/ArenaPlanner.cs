namespace CudaNoisy.Runtime;

/// <summary>Packs blocks with known lifetimes into one block of memory: the largest first, each at the lowest offset where it meets no living neighbour.</summary>
internal sealed class ArenaPlanner
{
    private const int Alignment = 16;
    private readonly List<Block> _blocks = [];

    /// <summary>Elements needed, after <see cref="Solve"/>.</summary>
    public long Length { get; private set; }

    public static long Align(long length) => (length + Alignment - 1) / Alignment * Alignment;

    public Block Add(int start, int end, long length)
    {
        var block = new Block(start, Math.Max(start, end), Align(length));
        _blocks.Add(block);
        return block;
    }

    public void Solve()
    {
        var placed = new List<Block>();
        foreach (var block in _blocks.OrderByDescending(b => b.Length).ThenBy(b => b.Start))
        {
            long offset = 0;
            foreach (var other in placed.Where(o => o.Start <= block.End && block.Start <= o.End).OrderBy(o => o.Offset))
            {
                if (offset + block.Length <= other.Offset)
                    break;
                offset = Math.Max(offset, other.Offset + other.Length);
            }

            block.Offset = offset;
            Length = Math.Max(Length, offset + block.Length);
            placed.Add(block);
        }
    }

    /// <summary>Memory needed from one time to another, both inclusive.</summary>
    public sealed class Block(int start, int end, long length)
    {
        public int Start { get; } = start;

        public int End { get; private set; } = end;

        public long Length { get; } = length;

        public long Offset { get; set; }

        /// <summary>Another value lives on in the same memory.</summary>
        public Block Extend(int end)
        {
            End = Math.Max(End, end);
            return this;
        }
    }
}
