using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Given labels from a table: by path or id, or one a line.</summary>
internal static class LabelColumn
{
    /// <summary>Reads one label a training image, -1 for images that the table does not name.</summary>
    /// <exception cref="InputException">The table is damaged or not for these images.</exception>
    public static int[] Read(string path, string key, ImageSet train)
    {
        var classes = new Dictionary<string, int>();
        for (var k = 0; k < train.ClassNames.Count; k++)
            classes.TryAdd(train.ClassNames[k], k);
        using var table = LabelTable.Open(path, key.Length == 0 ? "label" : key, needsId: false);
        return table.HasId ? ById(table, classes, train) : InOrder(table, path, classes, train);
    }

    private static int[] ById(LabelTable table, Dictionary<string, int> classes, ImageSet train)
    {
        var places = new Dictionary<string, int>(train.Count);
        for (var i = 0; i < train.Count; i++)
            places.TryAdd(train.Ids[i], i);
        var labels = new int[train.Count];
        Array.Fill(labels, -1);
        while (table.Read() is { } row)
        {
            if (row.Part == DataPart.Test || row.Label.Length == 0)
                continue;
            if (!places.TryGetValue(row.Id, out var place))
                throw table.Error($"a path or id of {train.Name}", $"'{row.Id}'");
            labels[place] = Class(table, row.Label, classes);
        }

        return labels;
    }

    private static int[] InOrder(LabelTable table, string path, Dictionary<string, int> classes, ImageSet train)
    {
        var labels = new List<int>(train.Count);
        while (table.Read() is { } row)
        {
            if (labels.Count == train.Count)
                throw table.Error($"{train.Count} labels (one an image of {train.Name})", "more");
            labels.Add(Class(table, row.Label, classes));
        }

        return labels.Count == train.Count ? [.. labels] : throw new InputException($"{path}: {train.Count} labels expected (one an image of {train.Name}), {labels.Count} came");
    }

    private static int Class(LabelTable table, string label, Dictionary<string, int> classes) =>
        NoisyLabels.Class(label, classes) ?? throw table.Error($"a class name, or a number below {classes.Count},", $"'{label}'");
}
