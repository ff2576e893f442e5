namespace CudaNoisy.Kernels.Host;

/// <summary>One image from bytes to network input, mirrored left-right if asked. Overwrites (=).</summary>
public static unsafe class ImageGather
{
    /// <summary>Fills the table of a scale: 256 floats for each of 4 channels.</summary>
    public static void Tabulate(PixelScale scale, float* table)
    {
        for (var i = 0; i < 1024; i++)
            table[i] = scale.Map((byte)(i & 255), i >> 8);
    }

    /// <summary>Converts one image by a table.</summary>
    public static void Image(in GatherShape shape, byte* image, bool flip, float* table, float* y)
    {
        for (var h = 0; h < shape.H; h++)
        {
            for (var w = 0; w < shape.W; w++, y += shape.C)
            {
                var source = image + ((((long)h * shape.W) + (flip ? shape.W - 1 - w : w)) * shape.C);
                for (var c = 0; c < shape.C; c++)
                    y[c] = table[(c << 8) + source[c]];
            }
        }
    }
}
