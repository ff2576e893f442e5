namespace CudaNoisy.Kernels.Host;

/// <summary>One random view of an image of three channels. Overwrites (=).</summary>
public static unsafe class ViewImage
{
    /// <summary>Makes a view.</summary>
    /// <param name="shape">The image's size.</param>
    /// <param name="image">The image, (H,W,3) bytes.</param>
    /// <param name="draw">What chance decided.</param>
    /// <param name="table">Byte to network input, see <see cref="ImageGather.Tabulate"/>.</param>
    /// <param name="y">The view, (H,W,3).</param>
    public static void Make(in GatherShape shape, byte* image, ViewDraw draw, float* table, float* y)
    {
        var pixels = shape.H * shape.W;
        var contrast = ViewColours.PlaceOfContrast(draw);
        var columns = stackalloc int[shape.W];
        for (var w = 0; w < shape.W; w++)
            columns[w] = ViewCrop.Place(draw.Flip != 0 ? shape.W - 1 - w : w, shape.W, draw.W);

        // Bytes wait in the output, as numbers, for the mean that the contrast needs.
        long sum = 0;
        var target = y;
        for (var h = 0; h < shape.H; h++)
        {
            var row = ViewCrop.Place(h, shape.H, draw.H);
            var above = image + (((long)(draw.Y + ViewCrop.Whole(row)) * shape.W) + draw.X) * 3;
            var below = image + (((long)(draw.Y + ViewCrop.Next(row, draw.H)) * shape.W) + draw.X) * 3;
            for (var w = 0; w < shape.W; w++, target += 3)
            {
                var c = ViewColours.Apply(draw, Pixel(above, below, columns[w], row, draw.W), 0, contrast, 0);
                sum += ViewColours.Grey(c);
                Store(c, target);
            }
        }

        var mean = (int)((sum + (pixels / 2)) / pixels);
        for (target = y; target < y + (3L * pixels); target += 3)
        {
            var c = ViewColours.Apply(draw, new Rgb((int)target[0], (int)target[1], (int)target[2]), contrast, ViewColours.Changes, mean);
            if (draw.Grey != 0)
            {
                var grey = ViewColours.Grey(c);
                c = new Rgb(grey, grey, grey);
            }

            (target[0], target[1], target[2]) = (table[c.R], table[256 + c.G], table[512 + c.B]);
        }
    }

    private static Rgb Pixel(byte* above, byte* below, int x, int y, int width)
    {
        var left = 3 * ViewCrop.Whole(x);
        var right = 3 * ViewCrop.Next(x, width);
        return new Rgb(
            ViewCrop.Mix(above[left], above[right], below[left], below[right], x, y),
            ViewCrop.Mix(above[left + 1], above[right + 1], below[left + 1], below[right + 1], x, y),
            ViewCrop.Mix(above[left + 2], above[right + 2], below[left + 2], below[right + 2], x, y));
    }

    private static void Store(Rgb c, float* target) => (target[0], target[1], target[2]) = (c.R, c.G, c.B);
}
