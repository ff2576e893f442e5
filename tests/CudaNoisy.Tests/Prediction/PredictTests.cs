using System.Globalization;
using System.Text.Json;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Training;
using NetVips;

namespace CudaNoisy.Tests.Prediction;

/// <summary>From a trained run to predictions: pictures, data sets, every format, and what does not fit.</summary>
public sealed class PredictTests : IDisposable
{
    private const int Pictures = 12;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
    private readonly string[] _data;
    private readonly string _model;

    public PredictTests()
    {
        _data = SmallData.Write(_folder);
        var model = OnnxImporter.Load(Path.Combine(SharedFiles.Repository, "models/onnx/resnet32-simclr-fashion.onnx")).AddLinear(10);
        var random = new Philox(8, 8);
        model.ParameterValues[model.Parameters.IndexOf("linear_layer.weight")] = [.. Enumerable.Range(0, 640).Select(_ => (float)random.NextGaussian())];
        ModelNotes.SetClassNames(model.Metadata, ClassNames.FashionMnist);
        ModelNotes.SetScale(model.Metadata, Kernels.PixelScale.Unit);
        _model = At("m.onnx");
        File.WriteAllBytes(_model, ModelFiles.Classifier(model));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PicturesAndDataSetsGiveTheSamePredictions()
    {
        WritePictures();
        var fromSet = Rows("predict", _model, "--format", "csv");
        var fromFiles = Rows("predict", _model, At("pictures"), "--format", "csv");
        Assert.Equal(SmallData.Test, fromSet.Length);
        Assert.Equal(fromSet.Take(Pictures).Select(r => r[1..]), fromFiles.Select(r => r[1..]));
        Assert.EndsWith("00.png", fromFiles[0][0], StringComparison.Ordinal);

        var right = fromSet.Zip(Labels()).Count(p => p.First[1] == ClassNames.FashionMnist[p.Second]);
        var report = JsonDocument.Parse(Out("eval", _model, "--format", "json")).RootElement;
        Assert.Equal((double)right / SmallData.Test, report.GetProperty("accuracy").GetDouble());
        Assert.Equal(SmallData.Test, report.GetProperty("confusion").EnumerateArray().Sum(r => r.EnumerateArray().Sum(c => c.GetInt32())));
        Assert.StartsWith("accuracy", Out("eval", _model), StringComparison.Ordinal);
        Assert.Equal(11, Out("eval", _model, "--format", "csv").TrimEnd().Split('\n').Length);

        var json = JsonDocument.Parse(Out("predict", _model, At("pictures/00.png"), "--format", "json", "--top", "10")).RootElement;
        Assert.Equal(10, json[0].GetProperty("classes").GetArrayLength());
        Assert.Equal(1, json[0].GetProperty("classes").EnumerateArray().Sum(c => c.GetProperty("probability").GetDouble()), 4);
        Assert.Contains(fromFiles[0][1], Out("predict", _model, At("pictures/00.png")), StringComparison.Ordinal);
    }

    [Fact]
    public void UnreadablePicturesFailOrAreLeftOut()
    {
        WritePictures();
        File.WriteAllBytes(At("pictures/05.png"), File.ReadAllBytes(At("pictures/05.png"))[..40]);
        Assert.Contains("05.png", Bad("predict", _model, At("pictures")), StringComparison.Ordinal);
        var (code, output, error) = Cli.CommandLine.Run("predict", _model, At("pictures"), "--format", "csv", "--unreadable", "skip");
        Assert.Equal((0, Pictures), (code, output.TrimEnd().Split('\n').Length));
        Assert.Contains("05.png", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFitIsSaidInOneLine()
    {
        var encoder = At("foreign.onnx");
        File.WriteAllBytes(encoder, OnnxExporter.ToBytes(ResNetBuilder.Random(CudaNoisy.Runtime.Architecture.Find("resnet20"), 32, true, new Philox(1, 1).NextGaussian)));
        Assert.Contains("class names", Bad("eval", encoder), StringComparison.Ordinal);
        Assert.Contains("normalisation", Bad("eval", encoder, "--class_names", "a,b"), StringComparison.Ordinal);
        Assert.Contains("64 class names", Bad("predict", encoder, "--class_names", "a,b", "--normalization", "none"), StringComparison.Ordinal);
        Assert.Contains("--format", Bad("predict", _model, "--format", "xml"), StringComparison.Ordinal);
        Assert.Contains("--top", Bad("predict", _model, "--top", "0"), StringComparison.Ordinal);
        Assert.Contains("nowhere", Bad("predict", _model, At("nowhere")), StringComparison.Ordinal);
        Assert.Contains("pictures", Bad("predict", _model, Directory.CreateDirectory(At("empty")).FullName), StringComparison.Ordinal);
        var wide = Architecture("wide.onnx", 40);
        Assert.Contains("40x40", Bad("eval", wide), StringComparison.Ordinal);
        var grey = At("grey.onnx");
        File.WriteAllBytes(grey, Cut(File.ReadAllBytes(_model)));
        Assert.Contains("1 channels expected", Bad("eval", grey), StringComparison.Ordinal);
    }

    /// <summary>The same file with an input of one channel in its declaration and its first filter.</summary>
    private static byte[] Cut(byte[] file)
    {
        var model = Runtime.Onnx.Proto.ModelProto.Parser.ParseFrom(file);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = 1;
        var filter = model.Graph.Initializer.First(i => i.Name == "convnet.conv1.weight");
        filter.Dims[1] = 1;
        filter.RawData = Google.Protobuf.ByteString.CopyFrom(filter.RawData.Span[..(filter.RawData.Length / 3)]);
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    private string Architecture(string name, int size)
    {
        var model = ResNetBuilder.Random(Runtime.Architecture.Find("resnet20"), size, true, new Philox(1, 1).NextGaussian).AddLinear(10);
        ModelNotes.SetClassNames(model.Metadata, ClassNames.FashionMnist);
        ModelNotes.SetScale(model.Metadata, Kernels.PixelScale.Unit);
        File.WriteAllBytes(At(name), ModelFiles.Classifier(model));
        return At(name);
    }

    private ImageSet TestImages() => DataSets.Load(SmallData.Options(_data)).Test;

    private int[] Labels() => TestImages().Labels;

    private void WritePictures()
    {
        Directory.CreateDirectory(At("pictures"));
        var images = TestImages();
        for (var i = 0; i < Pictures; i++)
        {
            var bytes = new byte[images.Pixels.ImageLength];
            images.Pixels.Read(i, null, bytes);
            using var image = Image.NewFromMemory(bytes, images.W, images.H, images.C, Enums.BandFormat.Uchar);
            using var colour = image.Copy(interpretation: Enums.Interpretation.Srgb);
            colour.WriteToFile(At(string.Create(CultureInfo.InvariantCulture, $"pictures/{i:D2}.png")));
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string[][] Rows(params string[] arguments) => [.. Out(arguments).TrimEnd().Split('\n').Skip(1).Select(line => line.Split(','))];

    private string Out(params string[] arguments)
    {
        var (code, output, error) = Cli.CommandLine.Run(WithData(arguments));
        Assert.True(code == 0, error);
        return output;
    }

    private string Bad(params string[] arguments)
    {
        var (code, _, error) = Cli.CommandLine.Run(WithData(arguments));
        Assert.Equal(2, code);
        return Assert.Single(error.TrimEnd().Split('\n'));
    }

    private string[] WithData(string[] arguments) => arguments.Length > 2 && !arguments[2].StartsWith('-') ? arguments : [.. arguments, .. _data];
}
