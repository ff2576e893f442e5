using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>One process that worked on a run: a line of <c>sessions.jsonl</c>.</summary>
/// <param name="Started">When, UTC.</param>
/// <param name="Command">The command line.</param>
/// <param name="FromStep">The step it went on from.</param>
/// <param name="Device">What it computed on.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="MemoryMiB">Memory that the process may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Version">This program's version.</param>
/// <param name="Framework">.NET's version.</param>
/// <param name="Libraries">Versions of the libraries that results depend on.</param>
public sealed record RunSession(
    DateTime Started, string Command, long FromStep, string Device, string Processor, int Cores, long MemoryMiB, string System, string Version, string Framework,
    IReadOnlyDictionary<string, string> Libraries)
{
    private const string LinuxProcessors = "/proc/cpuinfo";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Named = ["ILGPU", "Google.Protobuf", "Microsoft.ML.OnnxRuntime", "NetVips", "ScottPlot", "System.Numerics.Tensors"];

    /// <summary>This process.</summary>
    /// <param name="device">What it computes on.</param>
    /// <param name="fromStep">The step it goes on from.</param>
    public static RunSession Now(Device device, long fromStep) => new(
        DateTime.UtcNow, string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Prepend("cudanoisy").Select(Quote)), fromStep, $"{device.Id}: {device.Description}", FindProcessor(),
        Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, RuntimeInformation.OSDescription, VersionOf(typeof(RunSession).Assembly),
        RuntimeInformation.FrameworkDescription, FindLibraries());

    /// <summary>Appends this session to a run's.</summary>
    /// <exception cref="RecordException">The disk is full or the folder is read-only.</exception>
    public void Append(RunFolder run)
    {
        using var log = new AppendLog(run.PathOf(RunFolder.SessionsFile), keep: long.MaxValue);
        log.WriteLine(JsonSerializer.Serialize(this, Plain));
    }

    /// <summary>A run's sessions; a line that a killed process left unfinished is passed over.</summary>
    /// <param name="path">The file; none means no session.</param>
    public static IReadOnlyList<RunSession> Read(string path)
    {
        var sessions = new List<RunSession>();
        if (!File.Exists(path))
            return sessions;
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (JsonSerializer.Deserialize<RunSession>(line) is { } session)
                    sessions.Add(session);
            }
            catch (JsonException)
            {
                continue;
            }
        }

        return sessions;
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static Dictionary<string, string> FindLibraries() => Named
        .Select(name => (Name: name, Path: Path.Combine(AppContext.BaseDirectory, name + ".dll"))).Where(library => File.Exists(library.Path))
        .ToDictionary(library => library.Name, library => FileVersionInfo.GetVersionInfo(library.Path).ProductVersion?.Split('+')[0] ?? "unknown");

    private static string FindProcessor()
    {
        try
        {
            if (File.Exists(LinuxProcessors) && File.ReadLines(LinuxProcessors).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line)
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            // A system that does not show it: the architecture has to do.
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
