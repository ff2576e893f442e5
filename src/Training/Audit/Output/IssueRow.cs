namespace CudaNoisy.Training;

/// <summary>A row of <c>issues.csv</c>.</summary>
/// <param name="Id">The sample's path or number.</param>
/// <param name="Given">Its label.</param>
/// <param name="Suggested">The label suggested instead.</param>
/// <param name="Wrong">p(wrong), 0 to 1.</param>
public readonly record struct IssueRow(string Id, string Given, string Suggested, double Wrong);
