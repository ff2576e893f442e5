using System.Numerics.Tensors;

namespace CudaNoisy.Training;

/// <summary>Turns logits into the loss's cotangents, for one block of rows and all heads.</summary>
/// <remarks>Without a transition matrix T the loss is -ln q[s], whose cotangent is q - e_s. With T it is -ln sum_y q[y] T[y, s]
/// (Patrini et al. 2017, forward correction), whose cotangent is q - r, where r[y] = q[y] T[y, s] / sum is the posterior of the true class.</remarks>
/// <param name="heads">Heads.</param>
/// <param name="classes">Classes.</param>
/// <param name="labels">Given labels, [sample].</param>
/// <param name="folds">The fold, and so the head, that holds each sample out, [sample].</param>
internal sealed class HeadTargets(int heads, int classes, int[] labels, int[] folds)
{
    /// <summary>Overwrites logits, (row, head, class), with cotangents, 0 where the head holds the sample out.</summary>
    /// <param name="first">The first row's sample.</param>
    /// <param name="z">Logits of whole rows.</param>
    /// <param name="transition">T, (head, y, s), or empty.</param>
    /// <param name="counts">Receives sums of the posteriors, (head, y, s), or empty.</param>
    public void Apply(int first, Span<float> z, ReadOnlySpan<double> transition, Span<double> counts)
    {
        for (var r = 0; r < z.Length / (heads * classes); r++)
        {
            var (label, heldOut) = (labels[first + r], folds[first + r]);
            for (var h = 0; h < heads; h++)
            {
                var q = z.Slice(((r * heads) + h) * classes, classes);
                if (h == heldOut)
                {
                    q.Clear();
                    continue;
                }

                SoftMax(q);
                if (transition.IsEmpty)
                    q[label] -= 1;
                else
                    Subtract(q, label, transition.Slice(h * classes * classes, classes * classes), counts.IsEmpty ? default : counts.Slice(h * classes * classes, classes * classes));
            }
        }
    }

    /// <summary>Softmax in place.</summary>
    public static void SoftMax(Span<float> z)
    {
        TensorPrimitives.Subtract(z, TensorPrimitives.Max<float>(z), z);
        TensorPrimitives.Exp(z, z);
        TensorPrimitives.Divide(z, TensorPrimitives.Sum<float>(z), z);
    }

    private void Subtract(Span<float> q, int label, ReadOnlySpan<double> transition, Span<double> counts)
    {
        double sum = 0;
        for (var y = 0; y < classes; y++)
            sum += q[y] * transition[(y * classes) + label];
        sum = Math.Max(sum, 1e-30);
        for (var y = 0; y < classes; y++)
        {
            var posterior = q[y] * transition[(y * classes) + label] / sum;
            if (!counts.IsEmpty)
                counts[(y * classes) + label] += posterior;
            q[y] -= (float)posterior;
        }
    }
}
