using CudaNoisy.Training;
using NetVips;

namespace CudaNoisy.Tests.Data;

/// <summary>A temporary folder with small pictures.</summary>
public sealed class PictureFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Writes a picture whose red is <paramref name="shade"/>, with some noise that depends on it.</summary>
    public void Add(string path, int shade, int width = 20, int height = 16)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        using var noise = Image.Gaussnoise(width, height, mean: 128, sigma: 20, seed: shade);
        using var picture = (noise * 0 + shade).Bandjoin(noise, noise).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        picture.WriteToFile(At(path));
    }

    /// <summary>Three classes of <paramref name="each"/> training and half as many test pictures.</summary>
    public static PictureFolder Classes(int each, string extension = ".png")
    {
        var folder = new PictureFolder();
        for (var k = 0; k < 3; k++)
        {
            for (var i = 0; i < each; i++)
                folder.Add($"train/class{k}/{i:D3}{extension}", (k * 60) + i);
            for (var i = 0; i < each / 2; i++)
                folder.Add($"test/class{k}/{i:D3}{extension}", (k * 60) + i);
        }

        return folder;
    }

    /// <summary>Reads a data set by option names and values.</summary>
    public static LoadedData Load(params string[] options)
    {
        var settings = options.Chunk(2).ToDictionary(p => p[0], p => p[1]);
        return DataSets.Load(DataOptions.From(new SettingsReader(settings), "simclr"));
    }
}
