namespace CudaNoisy.Kernels.Gpu;

/// <summary>Sizes that follow from a tile.</summary>
/// <typeparam name="TTile">The tile.</typeparam>
public static class ProductTile<TTile>
    where TTile : unmanaged, IProductTile
{
    /// <summary>Terms of the sums that a stage holds.</summary>
    public const int Depth = 16;

    /// <summary>Stages in shared memory: one is multiplied while the next arrives.</summary>
    public const int Stages = 2;

    /// <summary>Rows a block.</summary>
    public static int Rows => TTile.WarpsDown * ProductColumns.Rows;

    /// <summary>Columns a block.</summary>
    public static int Columns => TTile.WarpsAcross * 32;

    /// <summary>Threads a block.</summary>
    public static int Threads => TTile.WarpsDown * TTile.WarpsAcross * 32;

    /// <summary>Floats of one stage.</summary>
    public static int StageLength => (Rows + Columns) * Depth;

    /// <summary>Where the row tables start.</summary>
    public static int TableStart => Stages * StageLength;

    /// <summary>Floats of shared memory: the stages and three integers a row.</summary>
    public static int SharedLength => TableStart + (RowTable.FloatsOfRow * Rows);

    /// <summary>Blocks a multiprocessor of 65,536 registers can hold.</summary>
    /// <param name="registers">Registers a thread.</param>
    public static int ResidentBlocks(int registers) => 65536 / registers / Threads;
}
