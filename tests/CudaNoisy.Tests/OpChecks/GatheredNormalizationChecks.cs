using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Convolutions that work a batch-norm out while they gather their operands, against both definitions in double precision.</summary>
public sealed class GatheredNormalizationChecks
{
    /// <summary>A sum of products, see <see cref="ConvolutionChecks"/>.</summary>
    private const double Rounding = 4;

    /// <summary>Moments of equal numbers by two ways of summing.</summary>
    private const double MomentRounding = 200;

    private static readonly Conv2dShape[] Shapes =
    [
        Conv2dShape.Square(2, 5, 5, 4, 8, 3, 1, 1),
        Conv2dShape.Square(1, 6, 7, 8, 4, 3, 2, 1),
        Conv2dShape.Square(2, 6, 6, 8, 16, 1, 2, 0),
        Conv2dShape.Square(2, 4, 5, 12, 20, 1, 1, 0),
        new(2, 5, 4, 4, 8, 3, 2, 2, 1, 0, 1, 2, 5),
        Conv2dShape.Square(3, 33, 17, 16, 16, 3, 1, 1),
        Conv2dShape.Square(9, 16, 16, 16, 32, 3, 2, 1),
        Conv2dShape.Square(5, 4, 4, 64, 48, 3, 1, 1),
        Conv2dShape.Square(3, 12, 12, 48, 96, 1, 2, 0),
        Conv2dShape.Square(4, 4, 4, 512, 128, 1, 1, 0),
        Conv2dShape.Square(3, 8, 9, 32, 132, 3, 1, 1),
        Conv2dShape.Square(8, 16, 16, 64, 256, 1, 1, 0),
    ];

    /// <summary>Every device that gathers, with every shape it can do in time.</summary>
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var id in TestDevices.Ids.Where(id => id != "host"))
            {
                for (var i = 0; i < Shapes.Length; i++)
                {
                    if (Shapes[i].MultiplyAdds <= Math.Max(TestDevices.MultiplyAdds(id), 1 << 16))
                        cases.Add(id, i);
                }
            }

            return cases;
        }
    }

    [Fact]
    public void TheHostDoesNotGather()
    {
        var host = TestDevices.Get("host");
        Assert.False(host.GathersNormalizations);
        var table = Near.Upload<float>(host, new float[16]);
        Assert.Throws<InvalidOperationException>(
            () => host.Convolution.Forward(Conv2dShape.Linear(1, 4, 4), new GatheredTensor(table, table), table, default, Near.Upload<float>(host, new float[4]), false));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardAndTangentsReadTheBatchNormsOutput(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), Shapes[index]);
        var norm = new GatheredNorm(device, (long)s.N * s.H * s.W, s.C);
        var (w, wDot, xDot) = (Near.Normal(5, s.FilterLength), Near.Normal(6, s.FilterLength), Near.Normal(7, s.InputLength));
        var (y, filter) = (Near.Upload<float>(device, new float[s.OutputLength]), Near.Upload<float>(device, w));
        double terms = s.R * s.S * s.C;

        device.Convolution.Forward(s, norm.Input, filter, default, y, false);
        Near.Sums(
            TestDevices.Rounding(id, Rounding, terms), terms, ConvolutionReference.Forward(s, norm.Output, w).Value, ConvolutionReference.Forward(s, norm.OutputTerms, w).Magnitude, y.ToArray());

        var (same, moments, expected) = (Near.Upload<float>(device, new float[s.OutputLength]), Near.Upload<float>(device, new float[2 * s.K]), Near.Upload<float>(device, new float[2 * s.K]));
        device.Convolution.ForwardWithMoments(s, norm.Input, filter, same, moments.Slice(0, s.K), moments.Slice(s.K, s.K));
        Assert.Equal(y.ToArray(), same.ToArray());
        device.Normalization.Moments(s.Rows, s.K, y, expected.Slice(0, s.K), expected.Slice(s.K, s.K));
        Near.Scaled(MomentRounding, [.. expected.ToArray().Select(v => (double)v)], moments.ToArray());

        device.Convolution.Jvp(s, norm.Input, Near.Upload<float>(device, xDot), filter, Near.Upload<float>(device, wDot), default, y);
        var (value, magnitude) = ConvolutionReference.Forward(s, xDot, w);
        Near.Sums(
            TestDevices.Rounding(id, Rounding, 2 * terms), 2 * terms, [.. ConvolutionReference.Forward(s, norm.Output, wDot).Value.Zip(value, (a, b) => a + b)],
            [.. ConvolutionReference.Forward(s, norm.OutputTerms, wDot).Magnitude.Zip(magnitude, (a, b) => a + b)], y.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackwardDataReadsTheCotangentOfTheBatchNormsInput(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), Shapes[index]);
        var norm = new GatheredNorm(device, s.Rows, s.K);
        var (w, before) = (Near.Normal(5, s.FilterLength), Near.Normal(6, s.InputLength));
        var (filter, dx) = (Near.Upload<float>(device, w), Near.Upload<float>(device, before));
        var value = ConvolutionReference.BackwardData(s, norm.InputCotangent, w).Value;
        var magnitude = ConvolutionReference.BackwardData(s, norm.InputCotangentTerms, w).Magnitude;
        double terms = s.R * s.S * s.K;

        device.Convolution.BackwardData(s, norm.Cotangent, filter, dx, true);
        Near.Sums(
            TestDevices.Rounding(id, Rounding, terms + 1), terms + 1, [.. value.Select((v, i) => v + before[i])], [.. magnitude.Select((v, i) => v + Math.Abs(before[i]))], dx.ToArray());
        device.Convolution.BackwardData(s, norm.Cotangent, filter, dx, false);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms), terms, value, magnitude, dx.ToArray());

        // With a batch-norm in front as well: the same cotangent, masked.
        var front = new GatheredNorm(device, (long)s.N * s.H * s.W, s.C);
        var g = Near.Upload<float>(device, before);
        device.Convolution.BackwardData(s, norm.Cotangent, filter, g, false, front.Normalized);
        Assert.Equal(dx.ToArray().Select((v, i) => front.IsPassed(i) ? v : 0f), g.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackwardFilterReadsEither(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), Shapes[index]);
        var (front, behind) = (new GatheredNorm(device, (long)s.N * s.H * s.W, s.C), new GatheredNorm(device, s.Rows, s.K));
        var (x, dy, before) = (Near.Normal(5, s.InputLength), Near.Normal(6, s.OutputLength), Near.Normal(7, s.FilterLength));
        GatheredTensor storedInput = Near.Upload<float>(device, x);
        ConvolutionCotangent storedCotangent = Near.Upload<float>(device, dy);
        foreach (var (input, values, terms) in new[] { (storedInput, x, x), (front.Input, front.Output, front.OutputTerms) })
        {
            foreach (var (cotangent, cotangents, cotangentTerms) in new[] { (storedCotangent, dy, dy), (behind.Cotangent, behind.InputCotangent, behind.InputCotangentTerms) })
            {
                var dw = Near.Upload<float>(device, before);
                device.Convolution.BackwardFilter(s, input, cotangent, dw);
                Near.Sums(
                    TestDevices.Rounding(id, Rounding, s.Rows + 1), s.Rows + 1, [.. ConvolutionReference.BackwardFilter(s, values, cotangents).Value.Select((v, i) => v + before[i])],
                    [.. ConvolutionReference.BackwardFilter(s, terms, cotangentTerms).Magnitude.Select((v, i) => v + Math.Abs(before[i]))], dw.ToArray());
            }
        }
    }
}
