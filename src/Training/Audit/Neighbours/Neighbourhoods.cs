namespace CudaNoisy.Training;

/// <summary>The nearest samples of every sample by cosine similarity, the sample itself left out.</summary>
/// <param name="K">Neighbours a sample; fewer where there are fewer samples.</param>
/// <param name="Samples">Neighbours, (sample, k), nearest first.</param>
/// <param name="Similarities">Cosines, (sample, k).</param>
internal sealed record Neighbourhoods(int K, int[] Samples, float[] Similarities);
