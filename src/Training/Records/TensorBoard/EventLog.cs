using System.Buffers.Binary;
using Google.Protobuf;

namespace CudaNoisy.Training.TensorBoard;

/// <summary>The event file that TensorBoard reads: scalars, histograms and pictures by step. A resumed run cuts it back like every record.</summary>
public sealed class EventLog
{
    private const string Version = "brain.Event:2";
    private const int Rgba = 4;
    private readonly AppendLog _log;

    /// <summary>Opens the file; its first record, the format's version, is written when it is new.</summary>
    /// <exception cref="RecordException">The file cannot be written.</exception>
    public EventLog(RunFolder run)
    {
        _log = run.Log(RunFolder.EventsFile);
        if (_log.Length == 0)
            Write(new Event { FileVersion = Version });
    }

    /// <summary>Adds a row of numbers. <c>train_loss</c> is shown as <c>train/loss</c>.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="row">The numbers; one named <c>step</c> is left out.</param>
    /// <exception cref="RecordException">The disk is full or the file is gone.</exception>
    public void Scalars(long step, IEnumerable<Metric> row) => Write(
        step, row.Where(m => m.Name != "step").Select(m => new Summary.Types.Value { Tag = Tag(m.Name), SimpleValue = (float)m.Value }));

    /// <summary>Adds histograms.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="values">The numbers of each, by tag; one without numbers is left out.</param>
    /// <exception cref="RecordException">The disk is full or the file is gone.</exception>
    public void Histograms(long step, IEnumerable<(string Tag, float[] Values)> values) => Write(
        step, values.Where(v => v.Values.Length > 0).Select(v => new Summary.Types.Value { Tag = v.Tag, Histo = Histogram.Of(v.Values) }));

    /// <summary>Adds a picture.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="tag">What it is called.</param>
    /// <param name="png">A PNG file.</param>
    /// <exception cref="RecordException">The disk is full or the file is gone.</exception>
    public void Picture(long step, string tag, byte[] png)
    {
        // The header chunk begins at byte 8; width and height are its first two numbers.
        var image = new Summary.Types.Image
        {
            Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
            Colorspace = Rgba,
            EncodedImageString = ByteString.CopyFrom(png),
        };
        Write(step, [new Summary.Types.Value { Tag = tag, Image = image }]);
    }

    /// <summary>TensorBoard groups by what stands before a slash.</summary>
    private static string Tag(string name) => name.IndexOf('_', StringComparison.Ordinal) is >= 0 and var at ? $"{name[..at]}/{name[(at + 1)..]}" : name;

    private void Write(long step, IEnumerable<Summary.Types.Value> values)
    {
        var summary = new Summary();
        summary.Value.AddRange(values);
        if (summary.Value.Count > 0)
            Write(new Event { Step = step, Summary = summary });
    }

    private void Write(Event record)
    {
        record.WallTime = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        _log.Write(RecordFrame.Frame(record.ToByteArray()));
    }
}
