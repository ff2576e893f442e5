using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>Ids of images that have no name.</summary>
internal static class Numbers
{
    public static string[] Of(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
