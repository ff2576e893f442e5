using CudaNoisy.Runtime.Onnx.Proto;
using Google.Protobuf;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>Reads and writes ONNX files.</summary>
internal static class OnnxFile
{
    private const long MaxBytes = int.MaxValue - 64;

    public static ModelProto Read(string path)
    {
        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxBytes)
                throw new InputException($"{path}: an ONNX file below 2 GiB expected, {length} bytes came");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: an ONNX file expected, but it cannot be read: {FirstLine(e.Message)}", e);
        }

        return Parse(bytes, path);
    }

    public static ModelProto Parse(ReadOnlySpan<byte> bytes, string name)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InputException($"{name}: an ONNX file expected, but it is damaged or cut: {FirstLine(e.Message)}", e);
        }

        if (model.Graph is null || model.Graph.Node.Count == 0)
            throw new InputException($"{name}: an ONNX file with a graph expected, {bytes.Length} bytes without one came");
        return model;
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
