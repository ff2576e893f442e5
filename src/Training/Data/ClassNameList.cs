using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Class names from the command line.</summary>
public static class ClassNameList
{
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads them.</summary>
    /// <param name="value">A file with one name a line, or the names, separated by commas.</param>
    /// <exception cref="InputException">A name is empty or comes twice.</exception>
    public static IReadOnlyList<string> Read(string value)
    {
        var names = File.Exists(value)
            ? AtomicFile.Utf8.GetString(BoundedFile.Read(value, MaxBytes)).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray()
            : value.Split(',');
        return names.Length > 0 && names.All(n => n.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? names
            : throw new InputException($"--class_names: different names, separated by commas, or a file with one a line expected, '{value}' came");
    }
}
