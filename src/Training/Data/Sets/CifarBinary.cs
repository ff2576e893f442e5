using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>CIFAR's binary release: records of one label (two for CIFAR-100: coarse, fine) and 3 planes of 32x32 bytes.</summary>
internal sealed class CifarBinary(string folder, string archive, string[] train, string test, int labelBytes) : CifarFormat(folder, archive, train, test)
{
    public override LabelledPixels Parse(byte[] file, string name, int classes)
    {
        var record = labelBytes + ImageLength;
        if (file.Length == 0 || file.Length % record != 0)
            throw new InputException($"{name}: whole records of {record} bytes expected, {file.Length} bytes came (the last whole one ends at byte {file.Length / record * record})");
        var labels = new int[file.Length / record];
        var pixels = new byte[labels.Length * ImageLength];
        for (var i = 0; i < labels.Length; i++)
        {
            var at = (i * record) + labelBytes - 1;
            labels[i] = file[at];
            if (labels[i] >= classes)
                throw new InputException($"{name}: a label below {classes} expected at byte {at}, {labels[i]} came");
            Planar.ToInterleaved(file.AsSpan(at + 1, ImageLength), Planes, pixels.AsSpan(i * ImageLength));
        }

        return new LabelledPixels(pixels, labels);
    }
}
