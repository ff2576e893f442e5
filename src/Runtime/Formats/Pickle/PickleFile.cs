namespace CudaNoisy.Runtime.Formats;

/// <summary>Python pickles, protocols 0 to 5, read as data: an allow-list of types is built, nothing that a file names is ever called.</summary>
/// <remarks>Built: None, bool, int, float, str, bytes, list, tuple, dict, set, <c>collections.OrderedDict</c>, <c>argparse.Namespace</c>, numpy arrays and scalars, and, within
/// <see cref="TorchFile"/>, tensors. Time is linear in the file's length; memory is at most a fixed multiple of it.</remarks>
public static class PickleFile
{
    /// <summary>Reads a pickle.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file cannot be read, is damaged, or asks for something outside the allow-list; the message names the byte.</exception>
    public static PickleValue Read(string path) => Parse(WholeFile.Read(path, "a pickle"), path);

    /// <summary>Reads a pickle from memory.</summary>
    /// <param name="bytes">The pickle. Byte strings in the result are parts of it, not copies.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InputException">As with <see cref="Read"/>.</exception>
    public static PickleValue Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var scanner = new PickleScanner(bytes, name, 0, new PickleBudget(bytes.Length));
        return new PickleValue(new PickleMachine(scanner, null).Run(), name);
    }
}
