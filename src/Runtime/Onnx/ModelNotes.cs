using System.Globalization;
using System.Text.Json;
using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>The notes that this project stores in ONNX files: class names, the input's normalisation, the architecture.</summary>
public static class ModelNotes
{
    /// <summary>The key of the class names, a JSON list.</summary>
    public const string ClassNames = "class_names";

    /// <summary>The key of the kind of encoder: simclr or imagenet.</summary>
    public const string EncoderType = "encoder_type";

    /// <summary>The key of the architecture's name.</summary>
    public const string Architecture = "architecture";

    /// <summary>The key of the input's range, for people.</summary>
    public const string InputRange = "input_range";

    private const string InputMean = "input_mean";
    private const string InputStd = "input_std";
    private const string UnitRange = "[0,1]";
    private const string StandardizedRange = "(x - mean) / std";

    /// <summary>Notes class names.</summary>
    public static void SetClassNames(IDictionary<string, string> metadata, IReadOnlyList<string> names) => metadata[ClassNames] = JsonSerializer.Serialize(names);

    /// <summary>The class names, or null where there are none.</summary>
    /// <exception cref="InputException">They are no list of names.</exception>
    public static IReadOnlyList<string>? GetClassNames(IReadOnlyDictionary<string, string> metadata, string file)
    {
        if (!metadata.TryGetValue(ClassNames, out var text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(text) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new InputException($"{file}: a JSON list of names in the metadata's {ClassNames} expected, '{text}' came", e);
        }
    }

    /// <summary>Notes what the network wants as its input.</summary>
    /// <param name="metadata">The notes.</param>
    /// <param name="scale"><see cref="PixelScale.Unit"/> for images in [0,1].</param>
    public static void SetScale(IDictionary<string, string> metadata, PixelScale scale)
    {
        metadata[InputRange] = scale == PixelScale.Unit ? UnitRange : StandardizedRange;
        metadata.Remove(InputMean);
        metadata.Remove(InputStd);
        if (scale == PixelScale.Unit)
            return;
        metadata[InputMean] = Join(scale.Mean0, scale.Mean1, scale.Mean2);
        metadata[InputStd] = Join(scale.Std0, scale.Std1, scale.Std2);
    }

    /// <summary>What the network wants as its input, or null where the file does not say.</summary>
    /// <exception cref="InputException">The notes are no numbers.</exception>
    public static PixelScale? GetScale(IReadOnlyDictionary<string, string> metadata, string file)
    {
        if (metadata.TryGetValue(InputMean, out var mean) && metadata.TryGetValue(InputStd, out var std))
            return ParseScale($"{mean}/{std}", $"{file}: metadata {InputMean}/{InputStd}");
        return metadata.GetValueOrDefault(InputRange) == UnitRange ? PixelScale.Unit : null;
    }

    /// <summary>Reads a normalisation: <c>none</c>, <c>imagenet</c>, or <c>M,M,M/S,S,S</c> (mean and standard deviation of channels in [0,1]).</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">The option or place, for the message.</param>
    /// <exception cref="InputException">It is none of them.</exception>
    public static PixelScale ParseScale(string text, string what)
    {
        if (text is "none" or "imagenet")
            return text == "none" ? PixelScale.Unit : PixelScale.ImageNet;
        var values = text.Split('/').SelectMany(part => part.Split(',')).Select(v => float.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var f) ? f : float.NaN).ToArray();
        if (text.Count(c => c == '/') != 1 || values.Length != 6 || !values.All(float.IsFinite) || values[3..].Any(s => s <= 0))
            throw new InputException($"{what}: none, imagenet or three means and three deviations (M,M,M/S,S,S) expected, '{text}' came");
        return new PixelScale(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    /// <summary>The text that <see cref="ParseScale"/> reads.</summary>
    public static string Format(PixelScale scale) => $"{Join(scale.Mean0, scale.Mean1, scale.Mean2)}/{Join(scale.Std0, scale.Std1, scale.Std2)}";

    private static string Join(params float[] values) => string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
