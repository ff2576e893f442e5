namespace CudaNoisy.Training;

/// <summary>Labelled picture files of a part of a data set.</summary>
internal sealed class FileList
{
    public TextTable Paths { get; } = new();

    public List<int> Given { get; } = [];

    public List<int> Truth { get; } = [];

    /// <summary>Whether an image is for validation.</summary>
    public List<bool> Validates { get; } = [];

    public int Count => Given.Count;

    public void Add(string path, int given, int truth, bool validates)
    {
        Paths.Add(path);
        Given.Add(given);
        Truth.Add(truth);
        Validates.Add(validates);
    }

    /// <summary>The images that are, or are not, for validation.</summary>
    public int[] Where(bool validates) => [.. Enumerable.Range(0, Count).Where(i => Validates[i] == validates)];

    /// <summary>The list without some files.</summary>
    public FileList Without(IEnumerable<int> files)
    {
        var left = new FileList();
        var dropped = files.ToHashSet();
        for (var i = 0; i < Count; i++)
        {
            if (!dropped.Contains(i))
                left.Add(Paths[i], Given[i], Truth[i], Validates[i]);
        }

        return left;
    }
}
