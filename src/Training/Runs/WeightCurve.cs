namespace CudaNoisy.Training;

/// <summary>V(l) at evenly spaced losses: <c>vnet.csv</c> and a picture in the event file.</summary>
internal sealed class WeightCurve(RunFolder folder)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "vnet";

    private const int Points = 32;
    private const double MaxLoss = 10;
    private readonly MetricsLog _table = new(folder, TableName, ["step", .. Losses.Select(Column)]);

    /// <summary>The losses.</summary>
    public static IReadOnlyList<double> Losses { get; } = [.. Enumerable.Range(0, Points).Select(i => MaxLoss * i / (Points - 1))];

    /// <summary>Adds the curve after some steps.</summary>
    /// <exception cref="RecordException">The disk is full or a file is gone.</exception>
    public void Add(long step, WeightNet weightNet, TensorBoard.EventLog events)
    {
        var curve = weightNet.Values([.. Losses.Select(l => (float)l)]);
        _table.Write([new("step", step), .. curve.Select((v, i) => new Metric(Column(Losses[i]), v))]);
        events.Picture(step, "vnet/V(l)", RunCharts.Curves([[step, .. curve.Select(v => (double)v)]], Losses).Png());
    }

    private static string Column(double loss) => FormattableString.Invariant($"v({loss:0.###})");
}
