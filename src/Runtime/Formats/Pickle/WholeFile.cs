namespace CudaNoisy.Runtime.Formats;

/// <summary>Reads files that are parsed in memory.</summary>
internal static class WholeFile
{
    public static byte[] Read(string path, string what)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > Array.MaxLength)
                throw new InputException($"{path}: {what} of at most {Array.MaxLength} bytes expected, {file.Length} came");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"{path}: {what} expected, but it cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }
}
