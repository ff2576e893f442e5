using CudaNoisy.Training;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>NT-Xent on every device against its definition in double precision, whose gradient is checked by central differences.</summary>
public sealed class ContrastiveChecks
{
    /// <summary>Similarities of size 1/temperature carry the roundings of a product of 16 terms into exponentials: some tens of roundings of the largest entry.</summary>
    private const double Rounding = 400;

    private const double Step = 1e-5;

    public static TheoryData<string, int, int, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, double>();
            foreach (var id in TestDevices.Ids)
            {
                cases.Add(id, 2, 3, 0.5);
                cases.Add(id, 10, 16, 0.5);
                cases.Add(id, 14, 5, 0.1);
            }

            cases.Add("host", 160, 128, 0.5);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientAreTheDefinition(string id, int n, int length, double temperature)
    {
        var device = TestDevices.Get(id);
        var x = Near.Normal(n, (long)n * length);
        var (losses, gradient, nearest) = Reference(Array.ConvertAll(x, v => (double)v), n, length, temperature);

        // All rows at once; blocks that do not divide the rows; one row a block.
        foreach (var block in new[] { 1L << 20, 3L * n, 1 })
        {
            using var loss = new ContrastiveLoss(device, n, length, temperature, block);
            var (dx, values, places) = (Near.Upload<float>(device, x), Near.Upload<float>(device, new float[n]), Near.Upload<int>(device, new int[n]));
            loss.Forward(Near.Upload<float>(device, x), values, places);
            loss.Backward(dx);
            Near.Scaled(Rounding, losses, values.ToArray(), 1 / temperature);
            Near.Scaled(Rounding, gradient, dx.ToArray());
            Assert.Equal(nearest, places.ToArray());
        }
    }

    [Theory]
    [InlineData(8, 4, 0.5)]
    [InlineData(6, 3, 0.1)]
    public void TheReferencesGradientIsItsValuesDifference(int n, int length, double temperature)
    {
        var x = Array.ConvertAll(Near.Normal(7, n * length), v => (double)v);
        var gradient = Reference(x, n, length, temperature).Gradient;
        for (var i = 0; i < x.Length; i++)
        {
            var (low, high) = ((double[])x.Clone(), (double[])x.Clone());
            low[i] -= Step;
            high[i] += Step;
            var difference = (Reference(high, n, length, temperature).Losses.Average() - Reference(low, n, length, temperature).Losses.Average()) / (2 * Step);
            Assert.True(Math.Abs(difference - gradient[i]) < 1e-7, $"element {i}: {difference:R} by differences, {gradient[i]:R} by formula");
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void EqualAndVanishingRowsStayFinite(string id)
    {
        var device = TestDevices.Get(id);
        float[] x = [1, 0, 1, 0, 0, 0, 1e-20f, 0];
        using var loss = new ContrastiveLoss(device, 4, 2, 0.01);
        var (dx, values, places) = (Near.Upload<float>(device, x), Near.Upload<float>(device, new float[4]), Near.Upload<int>(device, new int[4]));
        loss.Forward(Near.Upload<float>(device, x), values, places);
        loss.Backward(dx);
        Assert.All(values.ToArray(), v => Assert.True(float.IsFinite(v)));
        Assert.All(dx.ToArray(), v => Assert.True(float.IsFinite(v)));
        Assert.Equal(1, places.ToArray()[0]);
    }

    /// <summary>The definition: losses, the gradient of their mean, and the most similar other row.</summary>
    private static (double[] Losses, double[] Gradient, int[] Nearest) Reference(double[] x, int n, int length, double temperature)
    {
        var norms = Enumerable.Range(0, n).Select(i => Math.Sqrt(Enumerable.Range(0, length).Sum(c => x[(i * length) + c] * x[(i * length) + c]))).ToArray();
        double Z(int i, int c) => x[(i * length) + c] / norms[i];
        var s = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                for (var c = 0; c < length; c++)
                    s[i, j] += Z(i, c) * Z(j, c) / temperature;
        var (losses, nearest, dz, dx) = (new double[n], new int[n], new double[n * length], new double[n * length]);
        for (var i = 0; i < n; i++)
        {
            var others = Enumerable.Range(0, n).Where(j => j != i).ToArray();
            var sum = others.Sum(j => Math.Exp(s[i, j]));
            var partner = (i + (n / 2)) % n;
            losses[i] = Math.Log(sum) - s[i, partner];
            nearest[i] = others.MaxBy(j => s[i, j]);
            foreach (var j in others)
            {
                var d = ((Math.Exp(s[i, j]) / sum) - (j == partner ? 1 : 0)) / temperature / n;
                for (var c = 0; c < length; c++)
                {
                    dz[(i * length) + c] += d * Z(j, c);
                    dz[(j * length) + c] += d * Z(i, c);
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            var along = Enumerable.Range(0, length).Sum(c => dz[(i * length) + c] * Z(i, c));
            for (var c = 0; c < length; c++)
                dx[(i * length) + c] = (dz[(i * length) + c] - (along * Z(i, c))) / norms[i];
        }

        return (losses, dx, nearest);
    }
}
