using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>predict and eval.</summary>
internal static class PredictCommand
{
    public static int Predict(PredictArguments a, CancellationToken cancel)
    {
        CheckFormat(a.Format);
        if (a.Top < 1)
            throw SettingsReader.Error("top", "a whole number of at least 1", FormattableString.Invariant($"{a.Top}"));
        using var classifier = Open(a, a.Model, a.ClassNames);
        var options = a.DataOptions(classifier.ImageSize);
        if (a.Images.Any() && a.Data is not null)
            throw new InputException("--data: pictures or a data set expected, both came");
        var images = a.Images.Any() ? PictureFiles.Find(a.Images, options, Console.Error.WriteLine) : Load(a, options);
        var top = Math.Min(a.Top, classifier.ClassNames.Count);
        Write(a.Output, text =>
        {
            using var writer = new PredictionWriter(text, a.Format, top, images.Ids);
            classifier.Run(images, [.. Enumerable.Range(0, images.Count)], a.BatchSize, options.Workers,
                (i, p) => writer.Write(images.Ids[i], RankedClass.Top(p.Span, classifier.ClassNames, top)), cancel);
        });
        return 0;
    }

    public static int Evaluate(EvalArguments a, CancellationToken cancel)
    {
        CheckFormat(a.Format);
        using var classifier = Open(a, a.Model, a.ClassNames);
        var options = a.DataOptions(classifier.ImageSize);
        var images = Load(a, options);
        if (images.ClassNames.Count != classifier.ClassNames.Count)
            throw new InputException($"{a.Model}: a classifier of {images.ClassNames.Count} classes expected, as {images.Name} have, one of {classifier.ClassNames.Count} came");
        if (!images.ClassNames.SequenceEqual(classifier.ClassNames))
            Console.Error.WriteLine("warning: the classes are called otherwise in the data set; they are compared by their order");
        int[] labelled = [.. Enumerable.Range(0, images.Count).Where(i => images.Labels[i] >= 0)];
        if (labelled.Length == 0)
            throw new InputException($"{images.Name}: labelled images expected, none came");
        if (labelled.Length < images.Count)
            Console.Error.WriteLine($"{images.Count - labelled.Length} images without a label are left out");
        var report = new ClassifierReport(classifier.ClassNames);
        classifier.Run(images, labelled, a.BatchSize, options.Workers, (i, p) => report.Add(images.Labels[labelled[i]], p.Span), cancel);
        Write(a.Output, text => ReportWriter.Write(text, a.Format, report));
        return 0;
    }

    private static void CheckFormat(string format)
    {
        if (!PredictionFormat.Names.Contains(format))
            throw SettingsReader.Error("format", $"one of {string.Join(", ", PredictionFormat.Names)}", format);
    }

    private static Classifier Open(ImageArguments a, string model, string? classNames)
    {
        a.Check();
        return Classifier.Open(
            model, new OnnxRuntimeOptions { Threads = a.Threads, Device = a.Device }, a.Normalization, classNames is null ? null : ClassNameList.Read(classNames), Console.Error.WriteLine);
    }

    private static ImageSet Load(ImageArguments a, DataOptions options)
    {
        var data = DataSets.Load(options);
        foreach (var note in data.Notes)
            Console.Error.WriteLine("warning: " + note);
        return a.Choose(data);
    }

    private static void Write(string? path, Action<TextWriter> write)
    {
        if (path is not null)
            AtomicFile.WriteLines(path, write);
        else
            write(Console.Out);
    }
}
