namespace CudaNoisy.Training;

/// <summary>One p(wrong) from all signals: the heads' posterior, and as much of each further signal as it explains.</summary>
/// <remarks>Log-odds add up as for independent signals (naive Bayes), each weighted by a power of the share of variance that it explains: signals on the
/// same features are not independent, and one that disagrees with the heads within the classes is a bad one. Two rounds: the second fits the signals to what the first one found.</remarks>
internal static class CombinedRanking
{
    private const int Rounds = 2;

    /// <summary>Power of the explained share: a signal that explains half of the variance counts a sixteenth.</summary>
    private const double Steepness = 4;

    /// <summary>p(wrong), [sample].</summary>
    /// <param name="heads">p(wrong) by the corrected heads, [sample].</param>
    /// <param name="signals">Signals that grow with wrongness, [sample], NaN where missing, and what each counts at most.</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="classes">Classes.</param>
    public static double[] Combine(double[] heads, IReadOnlyList<(double[] Values, double Weight)> signals, int[] labels, int classes)
    {
        var wrong = heads;
        for (var round = 0; round < Rounds; round++)
        {
            var odds = Array.ConvertAll(heads, SignalCalibration.LogOdds);
            foreach (var (values, weight) in signals)
            {
                var (more, explained) = SignalCalibration.Fit(values, wrong, labels, classes);
                var trust = weight * Math.Pow(explained, Steepness);
                for (var i = 0; i < odds.Length; i++)
                    odds[i] += trust * more[i];
            }

            wrong = Array.ConvertAll(odds, SignalCalibration.Probability);
        }

        return wrong;
    }
}
