namespace CudaNoisy.Runtime;

/// <summary>He initialisation: filters normal with variance 2/fan, batch-norms 1 and 0.</summary>
/// <remarks>He et al., ICCV 2015. The fan is K*R*S (torchvision's <c>fan_out</c>) or C*R*S (<c>fan_in</c>, the CIFAR networks).</remarks>
/// <param name="gaussian">Standard normal draws, in order.</param>
/// <param name="fanOut">Which fan.</param>
public sealed class RandomParameters(Func<double> gaussian, bool fanOut) : IParameterSource
{
    /// <inheritdoc/>
    public float[] Filter(string name, int k, int c, int r, int s)
    {
        var deviation = Math.Sqrt(2.0 / ((fanOut ? k : c) * r * s));
        var values = new float[k * c * r * s];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(gaussian() * deviation);
        return values;
    }

    /// <inheritdoc/>
    public (float[] Weight, float[] Bias, float[] Mean, float[] Variance) Norm(string name, int channels) =>
        (Ones(channels), new float[channels], new float[channels], Ones(channels));

    private static float[] Ones(int length)
    {
        var values = new float[length];
        Array.Fill(values, 1f);
        return values;
    }
}
