using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>Names of images and classes that have none.</summary>
internal static class Numbers
{
    public static string[] Of(int count) => From(0, count);

    public static string[] From(int first, int count) => [.. Enumerable.Range(first, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
