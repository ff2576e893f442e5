namespace CudaNoisy.Runtime.Onnx;

/// <summary>Evaluates the shape arithmetic that exporters leave in a graph: nodes whose inputs are all constant, and Shape.</summary>
internal static class ConstantFolder
{
    private const int MaxElements = 1 << 24;

    private static readonly Dictionary<string, Func<OnnxNode, OnnxTensor[], OnnxTensor>> Folders = new()
    {
        ["Constant"] = (node, _) => Constant(node),
        ["Identity"] = (_, x) => x[0],
        ["Cast"] = (node, x) => Cast(node, x[0]),
        ["ConstantOfShape"] = (node, x) => ConstantOfShape(node, x[0]),
        ["Concat"] = Concat,
        ["Gather"] = Gather,
        ["Reshape"] = (node, x) => Reshape(node, x[0], x[1].ToLongs()),
        ["Transpose"] = (node, x) => Transpose(node, x[0]),
        ["Slice"] = Slice,
        ["Unsqueeze"] = Unsqueeze,
        ["Squeeze"] = Squeeze,
        ["Add"] = (node, x) => Arithmetic(node, x, (a, b) => a + b, (a, b) => a + b),
        ["Sub"] = (node, x) => Arithmetic(node, x, (a, b) => a - b, (a, b) => a - b),
        ["Mul"] = (node, x) => Arithmetic(node, x, (a, b) => a * b, (a, b) => a * b),
        ["Div"] = (node, x) => Arithmetic(node, x, (a, b) => a / b, (a, b) => b == 0 ? throw node.Error("a divisor other than 0 expected") : a / b),
    };

    /// <summary>The operators that can be folded.</summary>
    public static bool Knows(string opType) => Folders.ContainsKey(opType);

    /// <summary>The node's value; all its inputs are constant.</summary>
    public static OnnxTensor Fold(OnnxNode node, OnnxTensor[] inputs)
    {
        var needed = node.OpType switch
        {
            "Constant" => 0,
            "Add" or "Sub" or "Mul" or "Div" or "Gather" or "Reshape" => 2,
            _ => 1,
        };
        if (inputs.Length < needed)
            throw node.Error($"{needed} inputs expected, {inputs.Length} came");
        return Folders[node.OpType](node, inputs);
    }

    /// <summary>The ONNX shape of a computed value; the batch size is not known.</summary>
    public static OnnxTensor ShapeOf(OnnxNode node, ImportedValue x)
    {
        long[] all = x.Rank == 2 ? [OnnxTensor.BatchSize, x.Shape.C] : [OnnxTensor.BatchSize, x.Shape.C, x.Shape.H, x.Shape.W];
        var start = Clip(node.Int("start", 0), all.Length);
        var end = Clip(node.Int("end", all.Length), all.Length);
        return OnnxTensor.Vector(end > start ? all[start..end] : []);
    }

    private static int Clip(int index, int rank) => Math.Clamp(index < 0 ? index + rank : index, 0, rank);

    private static OnnxTensor Constant(OnnxNode node)
    {
        if (node.Tensor("value") is { } tensor)
            return tensor;
        if (node.Has("value_int"))
            return OnnxTensor.Scalar(node.Int("value_int", 0));
        if (node.Has("value_ints"))
            return OnnxTensor.Vector(node.Longs("value_ints", []));
        if (node.Has("value_float"))
            return OnnxTensor.Of([], new[] { node.Float("value_float", 0) });
        throw node.Error("a tensor, integer or float value expected");
    }

    private static OnnxTensor Cast(OnnxNode node, OnnxTensor x) => node.Int("to", 0) switch
    {
        1 or 10 or 11 => OnnxTensor.Of(x.Dims, x.Floats ?? [.. x.ToLongs().Select(v => (float)v)]),
        2 or 3 or 6 or 7 => OnnxTensor.Of(x.Dims, x.ToLongs()),
        9 => OnnxTensor.Of(x.Dims, [.. x.ToLongs().Select(v => v == 0 ? 0L : 1L)]),
        var to => throw node.Error($"a cast to a float or integer type expected, type {to} came"),
    };

    private static OnnxTensor ConstantOfShape(OnnxNode node, OnnxTensor shape)
    {
        var dims = Checked(node, shape.ToLongs());
        var length = Product(dims);
        var value = node.Tensor("value");
        return value?.Floats is { Length: 1 } floats
            ? OnnxTensor.Of(dims, [.. Enumerable.Repeat(floats[0], length)])
            : value is null
                ? OnnxTensor.Of(dims, new float[length])
                : OnnxTensor.Of(dims, [.. Enumerable.Repeat(value.ToLongs()[0], length)]);
    }

    private static OnnxTensor Concat(OnnxNode node, OnnxTensor[] x)
    {
        if (x.Any(t => t.Dims.Length != 1))
            throw node.Error("vectors expected where the inputs are constant");
        int[] dims = [x.Sum(t => t.Length)];
        return x.All(t => t.Floats is not null)
            ? OnnxTensor.Of(dims, x.SelectMany(t => t.Floats!).ToArray())
            : OnnxTensor.Of(dims, x.SelectMany(t => t.ToLongs()).ToArray());
    }

    private static OnnxTensor Gather(OnnxNode node, OnnxTensor[] x)
    {
        if (x[0].Dims.Length != 1 || node.Int("axis", 0) != 0)
            throw node.Error("a vector expected where the inputs are constant");
        var positions = x[1].ToLongs().Select(i => i < 0 ? i + x[0].Length : i).ToArray();
        if (positions.Any(i => i < 0 || i >= x[0].Length))
            throw node.Error($"indices below {x[0].Length} expected");
        return x[0].Pick(x[1].Dims, [.. positions.Select(i => (int)i)]);
    }

    private static OnnxTensor Reshape(OnnxNode node, OnnxTensor x, long[] target)
    {
        var dims = target.Select((d, i) => d == 0 && i < x.Dims.Length ? x.Dims[i] : d).ToArray();
        var free = Array.IndexOf(dims, -1);
        if (free >= 0)
        {
            var others = dims.Where((_, i) => i != free).Aggregate(1L, (a, b) => a * Math.Max(1, b));
            dims[free] = x.Length / others;
        }

        var result = Checked(node, dims);
        if (Product(result) != x.Length)
            throw node.Error($"a shape of {x.Length} elements expected, [{string.Join(',', target)}] came");
        return x.Reshaped(result);
    }

    private static OnnxTensor Transpose(OnnxNode node, OnnxTensor x)
    {
        var rank = x.Dims.Length;
        var order = node.Ints("perm", [.. Enumerable.Range(0, rank).Reverse()]);
        if (!order.Order().SequenceEqual(Enumerable.Range(0, rank)))
            throw node.Error($"a permutation of {rank} axes expected, [{string.Join(',', order)}] came");
        var dims = order.Select(o => x.Dims[o]).ToArray();
        var strides = Strides(x.Dims);
        return x.Pick(dims, [.. Positions(dims, [.. order.Select(o => strides[o])], 0)]);
    }

    private static OnnxTensor Slice(OnnxNode node, OnnxTensor[] x)
    {
        var rank = x[0].Dims.Length;
        var starts = x.Length > 1 ? x[1].ToLongs() : node.Longs("starts", []);
        var ends = x.Length > 2 ? x[2].ToLongs() : node.Longs("ends", []);
        var axes = x.Length > 3 ? x[3].ToLongs() : node.Longs("axes", [.. Enumerable.Range(0, starts.Length).Select(a => (long)a)]);
        var steps = x.Length > 4 ? x[4].ToLongs() : [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.Error("starts, ends, axes and steps of one length expected");
        var dims = x[0].Dims.ToArray();
        var strides = Strides(x[0].Dims);
        var offset = 0;
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = (int)(axes[i] < 0 ? axes[i] + rank : axes[i]);
            if (axis < 0 || axis >= rank || steps[i] == 0)
                throw node.Error($"axes below {rank} and steps other than 0 expected");
            var size = x[0].Dims[axis];
            var step = steps[i];
            var start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, step < 0 ? size - 1 : size);
            var end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], step < 0 ? -1 : 0, size);
            dims[axis] = (int)Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
            offset += (int)(start * strides[axis]);
            strides[axis] = (int)Math.Clamp(strides[axis] * step, int.MinValue, int.MaxValue);
        }

        return x[0].Pick(dims, [.. Positions(dims, strides, offset)]);
    }

    private static OnnxTensor Unsqueeze(OnnxNode node, OnnxTensor[] x)
    {
        var axes = x.Length > 1 ? x[1].ToInts() : node.Ints("axes", []);
        var rank = x[0].Dims.Length + axes.Length;
        var at = axes.Select(a => a < 0 ? a + rank : a).ToHashSet();
        var rest = new Queue<int>(x[0].Dims);
        if (at.Count != axes.Length || at.Any(a => a < 0 || a >= rank))
            throw node.Error($"different axes below {rank} expected, [{string.Join(',', axes)}] came");
        return x[0].Reshaped([.. Enumerable.Range(0, rank).Select(i => at.Contains(i) ? 1 : rest.Dequeue())]);
    }

    private static OnnxTensor Squeeze(OnnxNode node, OnnxTensor[] x)
    {
        var axes = x.Length > 1 ? x[1].ToInts() : node.Ints("axes", []);
        var at = axes.Select(a => a < 0 ? a + x[0].Dims.Length : a).ToHashSet();
        return x[0].Reshaped([.. x[0].Dims.Where((d, i) => axes.Length == 0 ? d != 1 : !at.Contains(i) || d != 1)]);
    }

    private static OnnxTensor Arithmetic(OnnxNode node, OnnxTensor[] x, Func<float, float, float> floats, Func<long, long, long> longs)
    {
        var (a, b) = (x[0], x[1]);
        if (a.Length != b.Length && a.Length != 1 && b.Length != 1)
            throw node.Error("constants of equal shapes, or one a scalar, expected");
        var dims = a.Length >= b.Length ? a.Dims : b.Dims;
        var length = Math.Max(a.Length, b.Length);
        if (a.Floats is not null && b.Floats is not null)
            return OnnxTensor.Of(dims, [.. Enumerable.Range(0, length).Select(i => floats(a.Floats[a.Length == 1 ? 0 : i], b.Floats[b.Length == 1 ? 0 : i]))]);
        var (la, lb) = (a.ToLongs(), b.ToLongs());
        return OnnxTensor.Of(dims, [.. Enumerable.Range(0, length).Select(i => longs(la[a.Length == 1 ? 0 : i], lb[b.Length == 1 ? 0 : i]))]);
    }

    private static int[] Checked(OnnxNode node, long[] dims)
    {
        long length = 1;
        foreach (var dim in dims)
        {
            if (dim is < 0 or > MaxElements || (length *= dim) > MaxElements)
                throw node.Error($"a constant of at most {MaxElements} elements expected, [{string.Join(',', dims)}] came");
        }

        return [.. dims.Select(d => (int)d)];
    }

    private static int Product(int[] dims) => dims.Aggregate(1, (a, b) => a * b);

    private static int[] Strides(int[] dims)
    {
        var strides = new int[dims.Length];
        for (int i = dims.Length - 1, step = 1; i >= 0; step *= dims[i--])
            strides[i] = step;
        return strides;
    }

    private static IEnumerable<int> Positions(int[] dims, int[] strides, int offset)
    {
        var index = new int[dims.Length];
        for (var n = Product(dims); n > 0; n--)
        {
            yield return offset + index.Zip(strides, (i, s) => i * s).Sum();
            for (var axis = dims.Length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--)
                index[axis] = 0;
        }
    }
}
