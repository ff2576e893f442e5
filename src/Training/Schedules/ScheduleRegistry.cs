using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The schedules by option value: a new one is a class and one line here.</summary>
public static class ScheduleRegistry
{
    private static readonly SortedDictionary<string, Func<ScheduleOptions, Schedule>> Entries = new(StringComparer.Ordinal)
    {
        ["const"] = o => new ConstantSchedule(o),
        ["linear"] = o => new LinearSchedule(o),
        ["step"] = o => new StepSchedule(o),
        ["warmup-anneal"] = o => new WarmupSchedule(o, anneal: true),
        ["warmup-const"] = o => new WarmupSchedule(o, anneal: false),
    };

    /// <summary>The option values.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>Makes a schedule.</summary>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Schedule Create(string name, ScheduleOptions options) => Entries.TryGetValue(name, out var create)
        ? create(options)
        : throw new InputException($"--lr_schedule: one of {string.Join(", ", Names)} expected, '{name}' came");
}
