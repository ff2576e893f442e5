namespace CudaNoisy.Kernels.Host;

/// <summary>Memory that a later call needs: while a kernel computes, it asks for a line at every step of its innermost loop, so that the line has arrived when it is used.</summary>
/// <remarks>A hint: null where nothing is wanted, and kernels for narrow outputs or short registers take no notice.</remarks>
public unsafe struct FetchAhead
{
    /// <summary>What the first step asks for.</summary>
    public float* First;

    /// <summary>Floats from one step's to the next one's.</summary>
    public int Step;

    /// <summary>Asks for <paramref name="floats"/> from <paramref name="first"/> on in equal steps.</summary>
    /// <param name="first">The first float.</param>
    /// <param name="floats">How many are wanted.</param>
    /// <param name="steps">Steps of the innermost loop.</param>
    public static FetchAhead Over(float* first, long floats, long steps) => new() { First = first, Step = StepOver(floats, steps) };

    /// <summary>The step with which so many floats are gone through in so many steps.</summary>
    public static int StepOver(long floats, long steps) => (int)((floats + steps - 1) / steps);

    /// <summary>What is left when some steps have been made.</summary>
    public readonly FetchAhead After(long steps) => new() { First = First is null ? null : First + (steps * Step), Step = Step };

    /// <summary>Asks for what is given from now on.</summary>
    /// <remarks>Field by field: a struct assigned as a whole is read back in a wider piece than it was written in, and a processor lets that wait until every store before it is done.</remarks>
    public void Set(float* first, int step)
    {
        First = first;
        Step = step;
    }

    /// <inheritdoc cref="Set(float*, int)"/>
    public void Set(in FetchAhead other)
    {
        First = other.First;
        Step = other.Step;
    }
}
