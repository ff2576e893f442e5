namespace CudaNoisy.SlowTests.Formats;

/// <summary>A damage to a file: bytes overwritten, and perhaps the end cut off. Undone after use, so that a file is copied once a thread.</summary>
internal readonly struct Mutation
{
    private const int Longest = 16;
    private const int Ends = 1 << 15;
    private static readonly byte[] Telling = [0x00, 0x01, 0x7f, 0x80, 0xff, (byte)'(', (byte)'.', (byte)'R', (byte)'Q', (byte)'t', (byte)'}', (byte)']', (byte)'b', (byte)'h', (byte)'c', 0x8a, 0x8b, 0x8d, 0x8e, 0x93];

    private readonly byte[] _before;
    private readonly int _position;

    private Mutation(int position, byte[] before, int length)
    {
        _position = position;
        _before = before;
        Length = length;
    }

    /// <summary>Bytes of the damaged file.</summary>
    public int Length { get; }

    /// <summary>Damages a file; the structure, at its beginning and end, more often than the numbers in between.</summary>
    public static Mutation Apply(byte[] file, Random random)
    {
        var position = random.Next(3) switch
        {
            0 => random.Next(file.Length),
            1 => random.Next(Math.Min(Ends, file.Length)),
            _ => file.Length - 1 - random.Next(Math.Min(Ends, file.Length)),
        };
        var length = Math.Min(random.Next(4) == 0 ? 1 + random.Next(Longest) : 1, file.Length - position);
        var before = file.AsSpan(position, length).ToArray();
        for (var i = 0; i < length; i++)
        {
            file[position + i] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(file[position + i] ^ (1 << random.Next(8))),
                _ => Telling[random.Next(Telling.Length)],
            };
        }

        return new Mutation(position, before, random.Next(8) == 0 ? random.Next(file.Length) : file.Length);
    }

    /// <summary>Restores the file.</summary>
    public void Undo(byte[] file) => _before.CopyTo(file, _position);
}
