namespace CudaNoisy.Runtime;

/// <summary>Launches what NT-Xent (Chen et al. 2020) does besides matrix products. Rows i and i + n/2 are two views of one image: partners.</summary>
/// <remarks>With similarities s_ij = z_i . z_j / temperature, loss_i = log sum_{j != i} exp(s_ij) - s_ip, and the gradient of sum loss_i by z_i is
/// sum_j (P_ij + P_ji - 2 [j = p]) z_j / temperature with P_ij = exp(s_ij - logSum_i). Similarities come in blocks of whole rows.</remarks>
public interface IContrastive
{
    /// <summary>z (n,length) = rows of x divided by their norm (at least 1e-12); inverse[i] = 1 / norm.</summary>
    void Normalize(int n, int length, DeviceView<float> x, DeviceView<float> z, DeviceView<float> inverse);

    /// <summary>dx[i] = inverse[i] (dz[i] - z[i] (z[i] . dz[i])); dx may be dz.</summary>
    void NormalizeBackward(int n, int length, DeviceView<float> z, DeviceView<float> inverse, DeviceView<float> dz, DeviceView<float> dx);

    /// <summary>Of similarities s (rows,n), rows first, first + 1, ...: logSums, losses and the most similar other row, at those rows' places.</summary>
    void Rows(int first, int rows, int n, DeviceView<float> s, DeviceView<float> logSums, DeviceView<float> losses, DeviceView<int> nearest);

    /// <summary>s[i,j] = scale (P_ij + P_ji - 2 [j is i's partner]), 0 where i = j, in place.</summary>
    void Weights(int first, int rows, int n, float scale, DeviceView<float> logSums, DeviceView<float> s);
}
