namespace CudaNoisy.Tests;

/// <summary>Files that are not in the repository: a folder <c>shared</c> beside the clone.</summary>
public static class SharedFiles
{
    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A path under <c>../shared</c>.</summary>
    public static string At(params string[] parts) => Path.GetFullPath(Path.Combine([Repository, "..", "shared", .. parts]));

    /// <summary>The path, or a skip that names what is missing.</summary>
    public static string Require(params string[] parts)
    {
        var path = At(parts);
        Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"skipped: ../shared/{string.Join('/', parts)} not present");
        return path;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CudaNoisy.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("CudaNoisy.sln not found above the test assembly.");
    }
}
