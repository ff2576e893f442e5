using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Copies of an operand that is mapped in shared memory, and their mapping. The second tensor waits behind the stages and the table of rows, each thread's quads in its own place.</summary>
/// <remarks>One stage of it is enough: a thread has mapped its quads before it asks for the next stage's.</remarks>
/// <typeparam name="TTile">Results a block.</typeparam>
/// <typeparam name="TTransfer">The copies.</typeparam>
/// <typeparam name="TMap">The map.</typeparam>
internal static class MappedQuad<TTile, TTransfer, TMap>
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
    where TMap : unmanaged, IOperandMap
{
    /// <summary>Starts the copy of the second tensor's part, where there is one.</summary>
    /// <param name="i">The copy's number.</param>
    /// <param name="mapping">The tensor.</param>
    /// <param name="index">The first float.</param>
    /// <param name="inside">Whether it exists.</param>
    /// <param name="shared">Shared memory.</param>
    public static void CopyOther(int i, OperandMapping mapping, int index, bool inside, ArrayView<float> shared)
    {
        if (TMap.HasOther)
            TTransfer.Copy(mapping.Other, mapping.OtherAddress, index, inside, shared, OtherPlace(i));
    }

    /// <summary>Maps what copy number <paramref name="i"/> brought.</summary>
    /// <param name="i">The copy's number.</param>
    /// <param name="map">Its channels' numbers.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="place">Where the copy went.</param>
    public static void Apply(int i, in ChannelMap map, ArrayView<float> shared, int place) =>
        Quads.Store(shared, place, TMap.Apply(map, Quads.Load(shared, place), TMap.HasOther ? Quads.Load(shared, OtherPlace(i)) : default));

    private static int OtherPlace(int i) => ProductTile<TTile>.SharedLength + (((i * ProductTile<TTile>.Threads) + Group.IdxX) * 4);
}
