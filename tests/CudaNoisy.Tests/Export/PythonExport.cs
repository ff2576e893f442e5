using System.Diagnostics;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Tests.Export;

/// <summary>export_onnx.py, where a Python with torch is there: the file can be trained through, names and batch-norms are kept.</summary>
public sealed class PythonExport : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void AnyTorchModelKeepsItsBatchNormsAndNames()
    {
        Skip.IfNot(File.Exists(Python) && Run("-c", "import torch").Code == 0, "skipped: python3 with torch not present");
        File.WriteAllText(
            Path.Combine(_folder, "net.py"),
            """
            import torch
            class Net(torch.nn.Module):
                def __init__(self, width):
                    super().__init__()
                    self.conv1 = torch.nn.Conv2d(3, width, 3, padding=1, bias=False)
                    self.bn1 = torch.nn.BatchNorm2d(width)
                    self.pool = torch.nn.AdaptiveAvgPool2d(1)
                def forward(self, x):
                    return torch.flatten(self.pool(torch.relu(self.bn1(self.conv1(x)))), 1)
            if __name__ == "__main__":
                torch.save({"state_dict": {"module.enc." + k: v for k, v in Net(8).state_dict().items()}}, "net.pth")
            """);
        Assert.Equal(0, Run("net.py").Code);
        var script = Path.Combine(SharedFiles.Repository, "tools", "export", "export_onnx.py");
        var (code, output) = Run(script, "net.py:Net", "--kwargs", "{\"width\": 8}", "--checkpoint", "net.pth", "--prefix", "enc.", "--input", "3,16,16", "-o", "net.onnx");
        Assert.True(code == 0, output);
        var model = OnnxImporter.Load(Path.Combine(_folder, "net.onnx"));
        Assert.Equal(["bn1.bias", "bn1.weight", "conv1.weight"], model.Parameters.Slices.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.False(model.IsFolded);
        Assert.Equal(new Shape(1, 16, 16, 3), model.Input);
        Assert.Equal(8, model.Output.C);
    }

    private (int Code, string Output) Run(params string[] arguments)
    {
        var info = new ProcessStartInfo(Python, arguments) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
