using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Matrix products on every device and register width against the definition.</summary>
public sealed class MatrixChecks
{
    /// <summary>As for convolutions: sums of products in any order.</summary>
    private const double Rounding = 4;

    /// <summary>Devices, sizes and transpositions.</summary>
    public static TheoryData<string, int, int, int, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int, bool, bool>();
            foreach (var id in TestDevices.Convolutions)
            {
                (int M, int N, int K)[] sizes = id == IlgpuDevice.CpuId ? [(1, 1, 1), (3, 5, 17), (4, 8, 12)] : [(1, 1, 1), (3, 5, 17), (33, 17, 3), (100, 64, 33), (17, 130, 129), (132, 140, 520)];
                foreach (var (m, n, k) in sizes)
                {
                    cases.Add(id, m, n, k, false, false);
                    cases.Add(id, m, n, k, true, false);
                    cases.Add(id, m, n, k, false, true);
                    cases.Add(id, m, n, k, true, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ProductIsTheDefinition(string id, int m, int n, int k, bool transposeA, bool transposeB)
    {
        var device = TestDevices.Get(id);
        var (a, b, before) = (Near.Normal(1, (long)m * k), Near.Normal(2, (long)k * n), Near.Normal(3, (long)m * n));
        foreach (var (alpha, beta) in new[] { (1f, 0f), (-0.5f, 1f), (2f, 0.25f) })
        {
            var expected = new double[m * n];
            var magnitude = new double[m * n];
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++)
                {
                    expected[(i * n) + j] = (double)beta * before[(i * n) + j];
                    magnitude[(i * n) + j] = Math.Abs(expected[(i * n) + j]);
                    for (var d = 0; d < k; d++)
                    {
                        var term = (double)alpha * (transposeA ? a[(d * m) + i] : a[(i * k) + d]) * (transposeB ? b[(j * k) + d] : b[(d * n) + j]);
                        expected[(i * n) + j] += term;
                        magnitude[(i * n) + j] += Math.Abs(term);
                    }
                }

            var c = Near.Upload<float>(device, before);
            device.Matrix.Multiply(m, n, k, alpha, Near.Upload<float>(device, a), transposeA, Near.Upload<float>(device, b), transposeB, beta, c);
            Near.Sums(Rounding, k + 1, expected, magnitude, c.ToArray());
        }
    }
}
