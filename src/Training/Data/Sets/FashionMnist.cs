using System.Buffers.Binary;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Fashion-MNIST's IDX files, plain or gzip (Xiao, Rasul and Vollgraf 2017). 28x28 grey becomes 32x32 with 3 equal channels, zero-padded.</summary>
internal sealed class FashionMnist : IDataSet
{
    private const int Stored = 28;
    private const int Size = 32;
    private const int Channels = 3;
    private const int Classes = 10;
    private const long MaxBytes = 400L << 20;

    public LoadedData Load(string root, DataOptions options) => new(Read(root, "train", "training images"), Read(root, "t10k", "test images"));

    private static ImageSet Read(string root, string prefix, string part)
    {
        var (images, dims, imagesPath) = ReadIdx(root, prefix + "-images-idx3-ubyte", 3);
        var (labels, labelDims, labelsPath) = ReadIdx(root, prefix + "-labels-idx1-ubyte", 1);
        if (dims[1] != Stored || dims[2] != Stored)
            throw new InputException($"{imagesPath}: images of {Stored}x{Stored} expected, {dims[1]}x{dims[2]} came");
        if (dims[0] != labelDims[0])
            throw new InputException($"{labelsPath}: {dims[0]} labels expected (one an image), {labelDims[0]} came");
        var wrong = Array.FindIndex(labels, l => l >= Classes);
        if (wrong >= 0)
            throw new InputException($"{labelsPath}: a label below {Classes} expected at byte {8 + wrong}, {labels[wrong]} came");
        return new ImageSet($"Fashion-MNIST {part}", new MemoryPixels(Pad(images), Size, Size, Channels), Array.ConvertAll(labels, l => (int)l), ClassNames.FashionMnist, Numbers.Of(dims[0]));
    }

    private static byte[] Pad(byte[] images)
    {
        const int margin = (Size - Stored) / 2;
        var pixels = new byte[images.Length / (Stored * Stored) * Size * Size * Channels];
        for (var i = 0; i < images.Length; i++)
        {
            var (image, pixel) = Math.DivRem(i, Stored * Stored);
            var (h, w) = Math.DivRem(pixel, Stored);
            pixels.AsSpan((((((image * Size) + h + margin) * Size) + w + margin) * Channels), Channels).Fill(images[i]);
        }

        return pixels;
    }

    /// <summary>Reads a file of bytes in so many dimensions.</summary>
    internal static (byte[] Data, int[] Dims, string Path) ReadIdx(string root, string name, int rank)
    {
        var path = Path.Combine(root, name);
        if (!File.Exists(path))
            path += ".gz";
        var bytes = BoundedFile.Read(path, MaxBytes);
        var header = 4 + (4 * rank);
        if (bytes.Length < header || BinaryPrimitives.ReadInt32BigEndian(bytes) != 0x0800 + rank)
            throw new InputException($"{path}: an IDX file of bytes in {rank} dimensions expected (first bytes 00 00 08 0{rank}), {Convert.ToHexString(bytes.AsSpan(0, Math.Min(4, bytes.Length)))} came");
        var dims = new int[rank];
        long length = 1;
        for (var i = 0; i < rank; i++)
        {
            dims[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            length = dims[i] < 1 ? long.MaxValue : Math.Min(length, MaxBytes) * dims[i];
        }

        if (length != bytes.Length - header)
            throw new InputException($"{path}: {string.Join(" x ", dims)} bytes expected after the header, {bytes.Length - header} came");
        return (bytes[header..], dims, path);
    }
}
