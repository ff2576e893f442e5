namespace CudaNoisy.Runtime;

/// <summary>Where a network under construction takes its values from: random draws or a checkpoint.</summary>
public interface IParameterSource
{
    /// <summary>A convolution's filter, in the order (K,C,R,S).</summary>
    float[] Filter(string name, int k, int c, int r, int s);

    /// <summary>A batch-norm's four vectors of <paramref name="channels"/> values; <paramref name="name"/> is the module's.</summary>
    (float[] Weight, float[] Bias, float[] Mean, float[] Variance) Norm(string name, int channels);
}
