using System.Numerics;

namespace CudaNoisy.Runtime.Formats;

/// <summary>PyTorch checkpoints (<c>.pth</c>, <c>.pt</c>, <c>.th</c>, <c>.pth.tar</c>): the zip format of torch 1.6 and later, and the one before it.</summary>
/// <remarks>Nothing in the file is executed, see <see cref="PickleFile"/>. Tensors stay views of the file's bytes until they are asked for.</remarks>
public static class TorchFile
{
    private const int Protocol = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file cannot be read, is damaged, or asks for something outside the allow-list; the message names the byte.</exception>
    public static PickleValue Read(string path) => Parse(ReadBytes(path), path);

    /// <summary>Reads a checkpoint's bytes, for <see cref="Parse"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static byte[] ReadBytes(string path) => WholeFile.Read(path, "a PyTorch checkpoint");

    /// <summary>Reads a checkpoint from memory.</summary>
    /// <param name="bytes">The file's bytes; tensors refer to them.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InputException">As with <see cref="Read"/>.</exception>
    public static PickleValue Parse(ReadOnlyMemory<byte> bytes, string name) =>
        StoredZip.IsZip(bytes.Span) ? ParseZip(bytes, name) : ParseLegacy(bytes, name);

    private static PickleValue ParseZip(ReadOnlyMemory<byte> bytes, string name)
    {
        var entries = StoredZip.Read(bytes, name);
        var pickle = entries.Keys.Where(k => k.EndsWith("/data.pkl", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InputException($"{name}: a PyTorch checkpoint expected, a zip file without data.pkl came");
        var folder = pickle[..^"data.pkl".Length];
        if (entries.TryGetValue(folder + "byteorder", out var order) && !order.Span.StartsWith("little"u8))
            throw new InputException($"{name}: a checkpoint of a little-endian machine expected, one of another came");
        var storages = new TorchStorages(key => entries.TryGetValue($"{folder}data/{key}", out var data) ? data : null);
        var scanner = new PickleScanner(entries[pickle], $"{name}({pickle})", 0, new PickleBudget(bytes.Length));
        return new PickleValue(new PickleMachine(scanner, storages.Load).Run(), name);
    }

    /// <summary>Magic number, protocol, machine, value and storage keys, each a pickle; then the storages, each behind its length.</summary>
    private static PickleValue ParseLegacy(ReadOnlyMemory<byte> bytes, string name)
    {
        var budget = new PickleBudget(bytes.Length);
        var position = 0;
        var storages = new TorchStorages(null);
        if (!Next(null).IsLong(Magic))
            throw new InputException($"{name}: a PyTorch checkpoint expected, another pickle came");
        if (!Next(null).IsLong(Protocol))
            throw new InputException($"{name}: a checkpoint of PyTorch's protocol {Protocol} expected");
        if (Next(null).Find("little_endian") is { } little && little.ToLong() == 0)
            throw new InputException($"{name}: a checkpoint of a little-endian machine expected, one of another came");
        var value = Next(storages.Load);
        var keys = Next(null).Items.Select(key => key.ToText()).ToArray();
        storages.Fill(keys, bytes, position, name);
        return value;

        PickleValue Next(Func<PickleScanner, object?, object>? persistent)
        {
            var scanner = new PickleScanner(bytes, name, position, budget);
            var read = new PickleValue(new PickleMachine(scanner, persistent).Run(), name);
            position = scanner.Position;
            return read;
        }
    }
}
