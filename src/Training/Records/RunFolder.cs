using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A run's folder, <c>logs/NAME/</c>: its configuration, checkpoints and records, held by one process at a time.</summary>
/// <remarks>
/// A record made with <see cref="Log"/> is as long, at every checkpoint, as the checkpoint says. Resuming is: <see cref="Open"/>, open a checkpoint,
/// <see cref="Rewind"/>, then <see cref="Log"/> as at the start: each file is cut back to the checkpoint's length and goes on from there. Without
/// <see cref="Rewind"/> (the run was killed before its first checkpoint) the files begin anew.
/// </remarks>
public sealed class RunFolder : IDisposable
{
    /// <summary>The resolved configuration.</summary>
    public const string ConfigFile = "config.yml";

    /// <summary>The sample ledger.</summary>
    public const string SamplesFile = "samples.csv";

    /// <summary>The page for people.</summary>
    public const string ReportFile = "report.html";

    /// <summary>What was printed.</summary>
    public const string ConsoleFile = "console.log";

    /// <summary>TensorBoard's event file: scalars, histograms and pictures.</summary>
    public const string EventsFile = "events.out.tfevents.cudanoisy";

    /// <summary>The test images' labels against the predictions, at the latest evaluation.</summary>
    public const string ConfusionFile = "confusion.csv";

    /// <summary>The processes that worked on the run: command, machine, versions.</summary>
    public const string SessionsFile = "sessions.jsonl";

    /// <summary>The trained classifier.</summary>
    public const string ModelFile = "model.onnx";

    /// <summary>The encoder alone, where a run was made to train one.</summary>
    public const string EncoderFile = "encoder.onnx";

    /// <summary>Where that encoder comes from, for people.</summary>
    public const string CardFile = "encoder.md";

    private const string LockFile = "run.lock";
    private const string PositionNames = "records/names";
    private const string PositionLengths = "records/lengths";

    private readonly FileStream _lock;
    private readonly Dictionary<string, AppendLog> _logs = new(StringComparer.Ordinal);
    private Dictionary<string, long> _kept = new(StringComparer.Ordinal);

    private RunFolder(string path, FileStream @lock)
    {
        FolderPath = path;
        _lock = @lock;
        Checkpoints = new CheckpointStore(path);
    }

    /// <summary>The folder.</summary>
    public string FolderPath { get; }

    /// <summary>The run's name: the folder's last part.</summary>
    public string Name => Path.GetFileName(FolderPath);

    /// <summary>The run's checkpoints.</summary>
    public CheckpointStore Checkpoints { get; }

    /// <summary>Makes the folder of a new run and locks it.</summary>
    /// <param name="root">The folder of all runs, such as <c>logs</c>; made when it is missing.</param>
    /// <param name="name">The run's name: one folder name.</param>
    /// <param name="overwrite">Whether an older run of that name is removed first.</param>
    /// <exception cref="InputException">The name is no folder name, the run exists, or the folder holds something that is no run.</exception>
    /// <exception cref="RecordException">The folder cannot be written, or another process holds it.</exception>
    public static RunFolder Create(string root, string name, bool overwrite)
    {
        if (!IsName(name))
            throw new InputException($"--name: a name for one folder expected, '{name}' came");
        var path = Path.Combine(Path.GetFullPath(root), name);
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !IsRun(path))
            throw new InputException($"{path}: a new folder or an earlier run expected, a folder with other files came; choose another --name");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(path, "making the folder", cause);
        }

        var run = new RunFolder(path, Lock(path));
        try
        {
            // A process that was killed while it wrote the configuration leaves a part of it, and no run.
            if (!File.Exists(run.PathOf(ConfigFile)))
                run.RemoveLeftovers();
            run.Clear(overwrite);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Opens and locks the folder of an earlier run, to go on with it; half-written temporary files of a killed process are removed.</summary>
    /// <param name="path">The run's folder.</param>
    /// <exception cref="InputException">There is no run in that folder.</exception>
    /// <exception cref="RecordException">The folder cannot be written, or another process holds it.</exception>
    public static RunFolder Open(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!File.Exists(Path.Combine(path, ConfigFile)))
            throw new InputException($"{path}: the folder of a run expected (with {ConfigFile}), {(Directory.Exists(path) ? "a folder without it" : "nothing")} came");
        var run = new RunFolder(path, Lock(path));
        try
        {
            run.RemoveLeftovers();
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>A file of the run.</summary>
    public string PathOf(string fileName) => Path.Combine(FolderPath, fileName);

    /// <summary>Writes the resolved configuration.</summary>
    /// <param name="yaml">The YAML text.</param>
    /// <exception cref="RecordException">The file cannot be written.</exception>
    public void WriteConfig(string yaml) => AtomicFile.WriteText(PathOf(ConfigFile), yaml);

    /// <summary>Opens a record that grows, or returns it when it is open. It is closed with the run.</summary>
    /// <param name="fileName">The file's name in the folder.</param>
    /// <exception cref="RecordException">The file cannot be written.</exception>
    public AppendLog Log(string fileName)
    {
        if (!_logs.TryGetValue(fileName, out var log))
            _logs[fileName] = log = new AppendLog(PathOf(fileName), _kept.GetValueOrDefault(fileName));
        return log;
    }

    /// <summary>Puts the records on the disk and their lengths into a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint being written.</param>
    /// <exception cref="RecordException">The disk is full or a file is gone.</exception>
    public void SavePositions(CheckpointWriter checkpoint)
    {
        // A record that this process has not opened yet is as long as the checkpoint it goes on from says.
        var names = _logs.Keys.Union(_kept.Keys).Order(StringComparer.Ordinal).ToArray();
        foreach (var log in _logs.Values)
            log.FlushToDisk();
        checkpoint.Add(PositionNames, string.Join('\n', names));
        checkpoint.Add(PositionLengths, names.Select(name => _logs.TryGetValue(name, out var log) ? log.Length : _kept[name]).ToArray().AsSpan());
    }

    /// <summary>Takes the records' lengths from a checkpoint: <see cref="Log"/> cuts each file back to its length. Call it before the first <see cref="Log"/>.</summary>
    /// <param name="checkpoint">The checkpoint to go on from.</param>
    /// <returns>One line for each record that is missing or shorter than the checkpoint says; empty when all is well.</returns>
    /// <exception cref="RecordException">The checkpoint has no such sections.</exception>
    public IReadOnlyList<string> Rewind(CheckpointReader checkpoint)
    {
        if (_logs.Count > 0)
            throw new InvalidOperationException("Records are open: rewind comes before the first of them.");
        var names = checkpoint.GetText(PositionNames).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var lengths = checkpoint.GetLongs(PositionLengths);
        if (names.Length != lengths.Length)
            throw new RecordException(checkpoint.FilePath, $"{names.Length} records' lengths expected, {lengths.Length} came");
        _kept = names.Zip(lengths).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. names.Zip(lengths)
            .Select(pair => (Path: PathOf(pair.First), Expected: pair.Second))
            .Select(file => (file.Path, file.Expected, Found: File.Exists(file.Path) ? new FileInfo(file.Path).Length : 0))
            .Where(file => file.Found < file.Expected)
            .Select(file => FormattableString.Invariant($"{file.Path}: {file.Expected} bytes expected, {file.Found} found; the earlier part of this record is lost"))];
    }

    /// <summary>Closes the records and lets go of the folder.</summary>
    public void Dispose()
    {
        foreach (var log in _logs.Values)
            log.Dispose();
        _logs.Clear();
        _lock.Dispose();
    }

    /// <summary>Whether a text is a name for one folder.</summary>
    internal static bool IsName(string name) =>
        !string.IsNullOrWhiteSpace(name) && name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '\\') < 0 && name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0;

    private static bool IsRun(string path) => File.Exists(Path.Combine(path, ConfigFile)) || File.Exists(Path.Combine(path, LockFile));

    private static FileStream Lock(string path)
    {
        var file = Path.Combine(path, LockFile);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw RecordException.From(file, "locking the run", cause);
        }
        catch (IOException cause)
        {
            throw new RecordException(path, $"another process is working in this run ({LockFile}: {cause.Message})", cause);
        }
    }

    /// <summary>Removes half-written temporary files of a killed process.</summary>
    private void RemoveLeftovers()
    {
        try
        {
            foreach (var leftover in Directory.EnumerateFiles(FolderPath, "*" + AtomicFile.TemporarySuffix))
                File.Delete(leftover);
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(FolderPath, "removing temporary files", cause);
        }
    }

    private void Clear(bool overwrite)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(FolderPath).EnumerateFileSystemInfos().Where(entry => entry.Name != LockFile).ToArray())
            {
                if (!overwrite)
                    throw new InputException($"{FolderPath}: this run exists; go on with it by 'cudanoisy resume {FolderPath}', or give --overwrite or another --name");
                if (entry is DirectoryInfo { LinkTarget: null } folder)
                    folder.Delete(recursive: true);
                else
                    entry.Delete();
            }
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(FolderPath, "removing the earlier run", cause);
        }
    }
}
