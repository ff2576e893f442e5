using System.Collections;
using System.Text;

namespace CudaNoisy.Training;

/// <summary>Many short texts in one block of UTF-8: a million paths take 40 MB instead of 120.</summary>
internal sealed class TextTable : IReadOnlyList<string>
{
    private readonly List<long> _ends = [];
    private byte[] _bytes = new byte[1 << 12];

    public int Count => _ends.Count;

    public string this[int index] => Encoding.UTF8.GetString(_bytes.AsSpan((int)Start(index), (int)(_ends[index] - Start(index))));

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        var start = Start(_ends.Count);
        var end = start + Encoding.UTF8.GetByteCount(text);
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(end, 2L * _bytes.Length), Array.MaxLength));
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan((int)start));
        _ends.Add(end);
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
