using CudaNoisy.Training;

namespace CudaNoisy.Tests.Audit;

/// <summary>Gaussian clusters with some labels wrong.</summary>
public sealed record Clusters(float[] Features, int Width, int[] Truth, int[] Given)
{
    private const int Columns = 8;

    public int Count => Truth.Length;

    public bool[] Wrong => [.. Truth.Zip(Given, (t, g) => t != g)];

    /// <summary>Clusters of equal size; each label is, with probability p, one of the other classes.</summary>
    public static Clusters Make(int count, int classes, double p, ulong seed, double distance = 3)
    {
        var random = new Philox(seed, 1);
        var centres = Enumerable.Range(0, classes * Columns).Select(_ => distance * random.NextGaussian() / Math.Sqrt(Columns) * 2).ToArray();
        var features = new float[count * Columns];
        var (truth, given) = (new int[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            truth[i] = i % classes;
            given[i] = random.NextDouble() < p ? (truth[i] + 1 + random.Next(classes - 1)) % classes : truth[i];
            for (var j = 0; j < Columns; j++)
                features[(i * Columns) + j] = (float)(centres[(truth[i] * Columns) + j] + random.NextGaussian());
        }

        return new Clusters(features, Columns, truth, given);
    }
}
