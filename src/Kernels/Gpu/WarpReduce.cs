using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Reductions over the 32 lanes of a warp in a fixed order.</summary>
public static class WarpReduce
{
    /// <summary>Lanes.</summary>
    public const int Size = 32;

    /// <summary>The lane of the present thread.</summary>
    public static int Lane => Group.IdxX & (Size - 1);

    /// <summary>The sum, in every lane.</summary>
    public static float Sum(float value)
    {
        for (var distance = Size / 2; distance > 0; distance >>= 1)
            value += Warp.ShuffleXor(value, distance);
        return value;
    }

    /// <summary>The maximum, in every lane.</summary>
    public static float Max(float value)
    {
        for (var distance = Size / 2; distance > 0; distance >>= 1)
        {
            var other = Warp.ShuffleXor(value, distance);
            value = other > value ? other : value;
        }

        return value;
    }

    /// <summary>The minimum, in every lane.</summary>
    public static int Min(int value)
    {
        for (var distance = Size / 2; distance > 0; distance >>= 1)
        {
            var other = Warp.ShuffleXor(value, distance);
            value = other < value ? other : value;
        }

        return value;
    }

    /// <summary>The moments of all lanes' samples, in every lane: each round merges the higher half into the lower.</summary>
    public static Moments Merge(Moments value)
    {
        for (var distance = Size / 2; distance > 0; distance >>= 1)
        {
            value = value.With(new Moments(
                Warp.ShuffleDown(value.Count, distance), Warp.ShuffleDown(value.Mean, distance), Warp.ShuffleDown(value.Squares, distance)));
        }

        return value;
    }
}
