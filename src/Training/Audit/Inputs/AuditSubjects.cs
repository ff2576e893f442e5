using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>Loads and checks what is to be audited.</summary>
internal static class AuditSubjects
{
    /// <summary>The training images of a data set, with the labels that training would see.</summary>
    /// <param name="options">Options.</param>
    /// <param name="imageSize">Side to which picture files are resized where none was given: the encoder's.</param>
    /// <param name="say">Hears notes on the files.</param>
    public static AuditSubject OfImages(AuditOptions options, int imageSize, Action<string> say)
    {
        var train = options.Data;
        if (train.Data.ImageSize == 0)
            train = train with { Data = train.Data with { ImageSize = imageSize } };
        var data = TrainingData.Load(train with { BatchSize = 1, Problem = "finetune" });
        foreach (var note in data.Notes)
            say("warning: " + note);
        var places = data.Split.Train.Order().ToArray();
        var truth = Array.ConvertAll(places, i => data.Train.Labels[i]);
        var given = Array.ConvertAll(places, i => data.Given[i]);
        var subject = new AuditSubject(data.Train.Name, [.. places.Select(i => data.Train.Ids[i])], given, data.Train.ClassNames)
        {
            Truth = truth.Contains(-1) || truth.SequenceEqual(given) ? null : truth,
            Pixels = data.Train.Pixels,
            Places = places,
            HasPaths = data.Train.Pixels is FilePixels || !data.Train.Ids.Take(1).All(id => id == "0"),
        };
        return Check(options.Run.Length == 0 ? subject : subject with { Ledger = ReadLedger(options.Run, subject) }, say, options.Folds);
    }

    /// <summary>Labels that go with a file of features or probabilities.</summary>
    public static AuditSubject OfLabels(AuditOptions options, int count, Action<string> say)
    {
        var labels = NpyFile.Read(options.Labels);
        if (labels.Values is float[] or double[] || labels.Dims.Count != 1)
            throw new InputException($"{options.Labels}: a list of whole numbers expected, {labels.Dims.Count} dimensions of {labels.Values.GetType().GetElementType()!.Name} came");
        if (labels.Length != count)
            throw new InputException($"{options.Labels}: {count} labels expected (one a row), {labels.Length} came");
        var given = labels.ToInts();
        var bad = Array.FindIndex(given, y => y is < 0 or > ushort.MaxValue);
        if (bad >= 0)
            throw new InputException($"{options.Labels}: class numbers from 0 to {ushort.MaxValue} expected, {given[bad]} came in row {bad}");
        var classes = Math.Max(given.DefaultIfEmpty(-1).Max() + 1, options.ClassNames.Count);
        if (options.ClassNames.Count > 0 && options.ClassNames.Count < classes)
            throw new InputException($"--class_names: {classes} names expected (labels go to {classes - 1}), {options.ClassNames.Count} came");
        var source = options.Features.Length > 0 ? options.Features : options.Probabilities;
        return Check(new AuditSubject(Path.GetFileName(source), Numbers.Of(count), given, options.ClassNames.Count > 0 ? options.ClassNames : Numbers.Of(classes)), say, options.Folds);
    }

    private static AuditSubject Check(AuditSubject subject, Action<string> say, int folds)
    {
        var counts = new int[subject.ClassNames.Count];
        foreach (var label in subject.Given)
            counts[label]++;
        if (counts.Count(n => n > 0) < 2)
            throw new InputException($"{subject.Name}: samples of at least 2 classes expected, {counts.Count(n => n > 0)} came");
        if (subject.Count < folds)
            throw new InputException($"{subject.Name}: at least {folds} samples expected (one a fold), {subject.Count} came");
        for (var k = 0; k < counts.Length; k++)
        {
            if (counts[k] == 0)
                say($"warning: class '{subject.ClassNames[k]}' has no sample; no label can be suggested as it");
            else if (counts[k] < folds)
                say($"warning: class '{subject.ClassNames[k]}' has {counts[k]} {(counts[k] == 1 ? "sample" : "samples")}, fewer than the {folds} folds; its labels cannot be judged well");
        }

        return subject;
    }

    private static SampleRecord[] ReadLedger(string run, AuditSubject subject)
    {
        var path = Path.Combine(run, RunFolder.SamplesFile);
        var byId = SampleTable.Read(path).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var ledger = new SampleRecord[subject.Count];
        for (var i = 0; i < ledger.Length; i++)
        {
            if (!byId.TryGetValue(subject.Ids[i], out ledger[i]))
                throw new InputException($"{path}: a row for sample '{subject.Ids[i]}' expected, none came (a run on the same images expected)");
            if (ledger[i].GivenLabel != subject.Given[i])
                throw new InputException($"{path}: label {subject.Given[i]} for sample '{subject.Ids[i]}' expected, {ledger[i].GivenLabel} came (a run on the same labels expected)");
            if (ledger[i].PredictedLabel is { } predicted && predicted >= subject.ClassNames.Count)
                throw new InputException($"{path}: predictions below {subject.ClassNames.Count} expected (the classes of the data), {predicted} came: the run's head has more classes");
        }

        return ledger;
    }
}
