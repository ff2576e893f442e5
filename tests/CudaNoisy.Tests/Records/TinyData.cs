using System.Buffers.Binary;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Records;

/// <summary>A data set for runs of some steps: 400 training and 100 test images in Fashion-MNIST's format, of which a network learns a little.</summary>
public static class TinyData
{
    private const int Size = 28;

    /// <summary>Writes it into a new folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="architecture">A network whose files have some size; by default an encoder of five convolutions is written beside the images.</param>
    /// <returns>The options that take both.</returns>
    public static string[] Write(string folder, string? architecture = null)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "train", 400);
        Write(folder, "t10k", 100);
        string[] images = ["--data", "fashion-mnist", "--data_root", folder, "--val_size", "100"];
        if (architecture is not null)
            return [.. images, "--arch", architecture];
        var encoder = ResNetBuilder.Random(new Architecture("tiny", [1, 1], 8, Bottleneck: false, OptionA: true), 32, cifarStem: true, new Philox(1, 1).NextGaussian);
        File.WriteAllBytes(Path.Combine(folder, "encoder.onnx"), OnnxExporter.ToBytes(encoder));
        return [.. images, "--encoder_ckpt", Path.Combine(folder, "encoder.onnx")];
    }

    private static void Write(string folder, string prefix, int count)
    {
        var random = new Random(count);
        var images = new byte[16 + (count * Size * Size)];
        var labels = new byte[8 + count];
        Header(images, 0x803, count, Size, Size);
        Header(labels, 0x801, count);
        random.NextBytes(images.AsSpan(16));
        for (var i = 0; i < count; i++)
        {
            var label = random.Next(10);
            labels[8 + i] = (byte)label;
            images.AsSpan(16 + (i * Size * Size) + (2 * label * Size), 4 * Size).Fill(255);
        }

        File.WriteAllBytes(Path.Combine(folder, prefix + "-images-idx3-ubyte"), images);
        File.WriteAllBytes(Path.Combine(folder, prefix + "-labels-idx1-ubyte"), labels);
    }

    private static void Header(byte[] file, params int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 * i), numbers[i]);
    }
}
