namespace CudaNoisy.Training;

/// <summary>Picture files, decoded when asked for.</summary>
/// <param name="root">The folder that paths start from.</param>
/// <param name="paths">One path an image.</param>
/// <param name="transform">How pictures become squares.</param>
internal sealed class FilePixels(string root, IReadOnlyList<string> paths, ImageTransform transform)
    : PixelSource(transform.Size, transform.Size, ImageDecoder.Channels, paths.Count)
{
    public override void Read(int index, Philox? random, ArraySegment<byte> target) => ImageDecoder.Decode(Path.Combine(root, paths[index]), transform, random, target);
}
