namespace CudaNoisy.Training;

/// <summary>What the reference draws from PyTorch's CPU generator.</summary>
public static class TorchRandom
{
    /// <summary><c>torch.randperm(n, generator=torch.Generator().manual_seed(seed))</c>, for n below 2^32 / 20.</summary>
    public static int[] Permutation(int n, ulong seed)
    {
        var bits = new Mt19937(seed);
        var values = Enumerable.Range(0, n).ToArray();
        for (var i = 0; i < n - 1; i++)
        {
            var j = i + (int)(bits.Next() % (uint)(n - i));
            (values[i], values[j]) = (values[j], values[i]);
        }

        return values;
    }
}
