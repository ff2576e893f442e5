namespace CudaNoisy.Tests.OpChecks;

/// <summary>Batch normalization by its definition, in double precision.</summary>
public sealed class NormalizationReference
{
    private readonly int _rows;
    private readonly int _channels;
    private readonly bool _training;
    private readonly bool _relu;
    private readonly double[] _xHat;
    private readonly double[] _scale;

    public NormalizationReference(int rows, int channels, double epsilon, bool training, IReadOnlyList<double> x, float[] gamma, float[] beta, float[]? residual, bool relu)
    {
        (_rows, _channels, _training, _relu) = (rows, channels, training, relu);
        ExactMeans = new double[channels];
        ExactVariances = new double[channels];
        _scale = new double[channels];
        _xHat = new double[rows * channels];
        Y = new double[rows * channels];
        for (var c = 0; c < channels; c++)
        {
            var column = Enumerable.Range(0, rows).Select(r => x[(r * channels) + c]).ToArray();

            // Outside training the statistics are constants, here some that differ from the batch's.
            ExactMeans[c] = training ? column.Average() : 0.5;
            ExactVariances[c] = training ? column.Average(v => (v - ExactMeans[c]) * (v - ExactMeans[c])) : 2;
            var inverse = 1 / Math.Sqrt(ExactVariances[c] + epsilon);
            _scale[c] = gamma[c] * inverse;
            for (var r = 0; r < rows; r++)
            {
                var i = (r * channels) + c;
                _xHat[i] = (x[i] - ExactMeans[c]) * inverse;
                var value = (gamma[c] * _xHat[i]) + beta[c] + (residual is null ? 0 : residual[i]);
                Y[i] = relu ? Math.Max(0, value) : value;
            }
        }
    }

    public NormalizationReference(int rows, int channels, double epsilon, bool training, float[] x, float[] gamma, float[] beta, float[]? residual, bool relu)
        : this(rows, channels, epsilon, training, Array.ConvertAll(x, v => (double)v), gamma, beta, residual, relu)
    {
    }

    public double[] ExactMeans { get; }

    public double[] ExactVariances { get; }

    public float[] Means => Array.ConvertAll(ExactMeans, v => (float)v);

    public float[] Variances => Array.ConvertAll(ExactVariances, v => (float)v);

    public double[] Y { get; }

    /// <summary>The largest term of the input's gradient before means are taken off.</summary>
    public double LargestTerm(float[] dy) => dy.Select((v, i) => Math.Abs(v * _scale[i % _channels])).Max();

    public (double[] X, double[] Gamma, double[] Beta, double[] Residual) Backward(float[] dy)
    {
        var g = dy.Select((v, i) => _relu && Y[i] <= 0 ? 0.0 : v).ToArray();
        var (dx, dgamma, dbeta) = (new double[g.Length], new double[_channels], new double[_channels]);
        for (var i = 0; i < g.Length; i++)
        {
            dgamma[i % _channels] += g[i] * _xHat[i];
            dbeta[i % _channels] += g[i];
        }

        for (var i = 0; i < g.Length; i++)
        {
            var c = i % _channels;
            dx[i] = _scale[c] * (_training ? g[i] - (dbeta[c] / _rows) - (_xHat[i] * dgamma[c] / _rows) : g[i]);
        }

        return (dx, dgamma, dbeta, g);
    }
}
