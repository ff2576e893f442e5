using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CudaNoisy.Runtime.Formats;

/// <summary>A table of floats in a .npy file, (rows, columns), read row by row: memory does not grow with the file. Safe to read from several threads.</summary>
public sealed class NpyRows : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly NpyHeader _header;

    /// <summary>Opens a file of float32 or float64.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut, or is no table of floats.</exception>
    public NpyRows(string path)
    {
        Path = path;
        try
        {
            using (var stream = File.OpenRead(path))
                _header = NpyHeader.Read(stream, stream.Length, path, long.MaxValue / sizeof(double) / int.MaxValue);
            if (_header.Dims.Count != 2 || _header.Dims[1] == 0 || _header.Type is not ("f4" or "f8"))
                throw new InputException($"{path}: a table of floats expected (2 dimensions, f4 or f8), {_header.Dims.Count} dimensions of {_header.Type} came");
            if (_header.Start + (_header.Elements * _header.Size) > new FileInfo(path).Length)
                throw new InputException($"{path}: {_header.Start + (_header.Elements * _header.Size)} bytes expected, the file has {new FileInfo(path).Length}");
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: a .npy file expected, but it cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Rows.</summary>
    public int Count => _header.Dims[0];

    /// <summary>Columns.</summary>
    public int Columns => _header.Dims[1];

    /// <summary>Copies whole rows, float64 rounded to float32.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">Receives rows.Length / <see cref="Columns"/> rows.</param>
    public void Read(int first, Span<float> rows)
    {
        var offset = _header.Start + ((long)first * Columns * _header.Size);
        if (_header.Type == "f4")
        {
            ReadBytes(MemoryMarshal.AsBytes(rows), offset);
            return;
        }

        var doubles = new double[rows.Length];
        ReadBytes(MemoryMarshal.AsBytes(doubles.AsSpan()), offset);
        TensorPrimitives.ConvertTruncating<double, float>(doubles, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void ReadBytes(Span<byte> target, long offset)
    {
        while (target.Length > 0)
        {
            var read = RandomAccess.Read(_file, target, offset);
            if (read == 0)
                throw new InputException($"{Path}: {target.Length} more bytes expected at offset {offset}, the file ends");
            target = target[read..];
            offset += read;
        }
    }
}
