using CudaNoisy.Training;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Every loss of the registry on every device against its formula in double precision.</summary>
public sealed class LossChecks
{
    /// <summary>Logits of size 10 and single-precision exponentials: some tens of roundings.</summary>
    private const double Rounding = 400;

    private const double Q = 0.66;
    private const double Truncation = 0.5;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var id in TestDevices.Ids)
            {
                foreach (var loss in LossRegistry.Names)
                    cases.Add(id, loss);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PassesAreTheFormula(string id, string name)
    {
        const int n = 17, classes = 7;
        var (device, loss) = (TestDevices.Get(id), LossRegistry.Create(name, Q, Truncation));
        var z = Near.Normal(1, n * classes).Select(v => 2 * v).ToArray();
        var labels = Enumerable.Range(0, n).Select(i => i * 5 % classes).ToArray();
        var (weights, zDot) = (Near.Normal(2, n), Near.Normal(3, n * classes));
        var (dz, dl) = (Near.Upload<float>(device, z), Near.Upload<int>(device, labels));
        var (losses, predictions, gradient, tangent) =
            (Near.Upload<float>(device, new float[n]), Near.Upload<int>(device, new int[n]), Near.Upload<float>(device, z), Near.Upload<float>(device, new float[n]));
        loss.Forward(device, n, classes, dz, dl, losses, predictions);
        loss.Backward(device, n, classes, dz, dl, Near.Upload<float>(device, weights), 0.5f, gradient);
        loss.Jvp(device, n, classes, dz, dl, Near.Upload<float>(device, zDot), tangent);
        var expected = new double[n];
        var expectedGradient = new double[n * classes];
        var expectedTangent = new double[n];
        for (var i = 0; i < n; i++)
        {
            var row = z.Skip(i * classes).Take(classes).Select(v => (double)v).ToArray();
            var sum = row.Sum(Math.Exp);
            var p = row.Select(v => Math.Exp(v) / sum).ToArray();
            expected[i] = Value(name, p[labels[i]]);
            var slope = Derivative(name, p[labels[i]]) * p[labels[i]];
            for (var j = 0; j < classes; j++)
            {
                var d = slope * ((j == labels[i] ? 1 : 0) - p[j]);
                expectedGradient[(i * classes) + j] = 0.5 * weights[i] * d;
                expectedTangent[i] += d * zDot[(i * classes) + j];
            }

            Assert.Equal(Array.IndexOf(row, row.Max()), predictions.ToArray()[i]);
        }

        Near.Scaled(Rounding, expected, losses.ToArray());
        Near.Scaled(Rounding, expectedGradient, gradient.ToArray());
        Near.Scaled(Rounding, expectedTangent, tangent.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HugeLogitsStayFinite(string id, string name)
    {
        var (device, loss) = (TestDevices.Get(id), LossRegistry.Create(name, Q, Truncation));
        float[] z = [1e4f, -1e4f, 0, -1e4f, 1e4f, 0, 1e4f, 1e4f, 1e4f, -1e4f, -1e4f, -1e4f];
        int[] labels = [0, 0, 1, 2];
        var (dz, dl) = (Near.Upload<float>(device, z), Near.Upload<int>(device, labels));
        var (losses, gradient, tangent) = (Near.Upload<float>(device, new float[4]), Near.Upload<float>(device, z), Near.Upload<float>(device, new float[4]));
        loss.Forward(device, 4, 3, dz, dl, losses, default);
        loss.Backward(device, 4, 3, dz, dl, default, 1, gradient);
        loss.Jvp(device, 4, 3, dz, dl, dz, tangent);
        Assert.All(losses.ToArray(), v => Assert.True(float.IsFinite(v)));
        Assert.All(gradient.ToArray(), v => Assert.True(float.IsFinite(v)));
        Assert.All(tangent.ToArray(), v => Assert.True(float.IsFinite(v)));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void SumsOfAStep(string id)
    {
        var device = TestDevices.Get(id);
        var slot = Near.Upload<float>(device, new float[4]);
        device.Losses.Summarize(3, Near.Upload<float>(device, [1f, 2, 4]), Near.Upload<float>(device, [0.5f, 0.25f, 1]), Near.Upload<int>(device, [1, 2, 3]), Near.Upload<int>(device, [1, 0, 3]), slot);
        Assert.Equal([5f, 2f, 1.75f, 7f], slot.ToArray());
        var probabilities = Near.Upload<float>(device, new float[2]);
        device.Losses.Softmax(1, 2, Near.Upload<float>(device, [0f, MathF.Log(3)]), probabilities);
        Near.Scaled(8, [0.25, 0.75], probabilities.ToArray());
    }

    private static double Value(string name, double p) => name switch
    {
        "ce" => -Math.Log(p),
        "mae" => 2 * (1 - p),
        "qloss" => (1 - Math.Pow(p, Q)) / Q,
        "qloss_truncated" => (1 - Math.Pow(Math.Max(p, Truncation), Q)) / Q,
        _ => throw new ArgumentException($"no formula for {name}"),
    };

    private static double Derivative(string name, double p) => name switch
    {
        "ce" => -1 / p,
        "mae" => -2,
        "qloss" => -Math.Pow(p, Q - 1),
        _ => p > Truncation ? -Math.Pow(p, Q - 1) : 0,
    };
}
