using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Files that ship with the project: found beside the program or in a folder above it or above the working directory.</summary>
public static class SampleFolder
{
    /// <summary>The path of a shipped file or folder, like <c>data/fashion-mnist-sample</c>.</summary>
    /// <exception cref="InputException">It is nowhere.</exception>
    public static string Find(string relative)
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, relative);
                if (Path.Exists(path))
                    return path;
            }
        }

        throw new InputException($"{relative}: expected beside the program or above the working directory, not found");
    }
}
