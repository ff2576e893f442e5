using System.Text.RegularExpressions;

namespace CudaNoisy.PtxGate;

/// <summary>Instructions of a kernel, as nvdisasm prints them, and of its inner loop: the one with the most tensor-core instructions, or else multiply-adds.</summary>
internal sealed partial record MachineCode(IReadOnlyList<string> Instructions, IReadOnlyList<string> Loop)
{
    public static MachineCode Parse(string text)
    {
        var instructions = new List<string>();
        var labels = new Dictionary<string, int>();
        var loops = new List<(int First, int Last)>();
        foreach (var line in text.Split('\n'))
        {
            if (Label().Match(line) is { Success: true } label)
                labels[label.Groups[1].Value] = instructions.Count;
            if (Instruction().Match(line) is not { Success: true } match)
                continue;
            instructions.Add(match.Groups[1].Value);
            if (match.Groups[1].Value == "BRA" && Target().Match(line) is { Success: true } target && labels.TryGetValue(target.Groups[1].Value, out var first))
                loops.Add((first, instructions.Count));
        }

        int Count((int First, int Last) loop, string start) => instructions.Take(loop.Last).Skip(loop.First).Count(i => i.StartsWith(start, StringComparison.Ordinal));
        var multiply = loops.Any(l => Count(l, "HMMA") > 0) ? "HMMA" : "FFMA";
        var best = loops.OrderByDescending(l => Count(l, multiply)).ThenBy(l => l.Last - l.First).FirstOrDefault();
        return new MachineCode(instructions, [.. instructions.Take(best.Last).Skip(best.First)]);
    }

    public int InLoop(string start, string end = "") => Loop.Count(i => i.StartsWith(start, StringComparison.Ordinal) && i.Contains(end, StringComparison.Ordinal));

    public int InAll(string start, string end = "") => Instructions.Count(i => i.StartsWith(start, StringComparison.Ordinal) && i.Contains(end, StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*(\.L_x?_?\d+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+/\*[0-9a-f]{4,}\*/\s+(?:@!?U?P\d+\s+)?([A-Z][A-Z0-9_.]*)")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\((\.L_x?_?\d+)\)")]
    private static partial Regex Target();
}
