using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>Images as Python users store them: an array of (N, 3*H*W) bytes in planes, and labels.</summary>
internal static class PickledImages
{
    private const int Planes = 3;

    /// <summary>Reads a dictionary of <c>data</c> and labels.</summary>
    /// <exception cref="InputException">A key is missing, or an array is of another size or type.</exception>
    public static LabelledPixels Read(PickleValue file, string labelKey, int size, int classes, int firstClass) =>
        Read(file["data"].ToArray(), file[labelKey].ToArray(), file.Place, labelKey, size, classes, firstClass);

    /// <summary>An array's whole numbers.</summary>
    /// <exception cref="InputException">It holds others; the message starts with <paramref name="name"/>.</exception>
    public static int[] Integers(NpyArray array, string name)
    {
        try
        {
            return array.ToInts();
        }
        catch (InputException e)
        {
            throw new InputException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Reads arrays.</summary>
    /// <exception cref="InputException">One is of another size or type.</exception>
    public static LabelledPixels Read(NpyArray data, NpyArray labels, string name, string labelKey, int size, int classes, int firstClass)
    {
        var length = Planes * size * size;
        if (data.Values is not byte[] planes || data.Dims.Count != 2 || data.Dims[1] != length)
        {
            throw new InputException(
                $"{name}: data of (N, {length}) bytes expected, ({string.Join(", ", data.Dims)}) of {data.Values.GetType().GetElementType()!.Name} came");
        }

        if (labels.Dims.Count != 1 || labels.Length != data.Dims[0])
            throw new InputException($"{name}: {data.Dims[0]} {labelKey} expected (one an image), {string.Join(" x ", labels.Dims)} came");
        var classNumbers = Array.ConvertAll(Integers(labels, $"{name}: {labelKey}"), l => l - firstClass);
        var wrong = Array.FindIndex(classNumbers, l => l < 0 || l >= classes);
        if (wrong >= 0)
            throw new InputException($"{name}: {labelKey} from {firstClass} to {firstClass + classes - 1} expected, {classNumbers[wrong] + (long)firstClass} came for image {wrong}");
        var pixels = new byte[planes.Length];
        for (var i = 0; i < classNumbers.Length; i++)
            Planar.ToInterleaved(planes.AsSpan(i * length, length), Planes, pixels.AsSpan(i * length));
        return new LabelledPixels(pixels, classNumbers);
    }
}
