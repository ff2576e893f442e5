using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>CIFAR's Python release: pickled dictionaries with <c>data</c>, (N, 3*32*32) bytes, and a list of labels. Nothing in them is run.</summary>
internal sealed class CifarPython(string folder, string archive, string[] train, string test, string labelKey) : CifarFormat(folder, archive, train, test)
{
    public override LabelledPixels Parse(byte[] file, string name, int classes) => PickledImages.Read(PickleFile.Parse(file, name), labelKey, Size, classes, firstClass: 0);
}
