using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Random views of images of three channels, one group a view.</summary>
public static class GpuViews
{
    /// <summary>y[n] = the view draws[n] of image indices[n], bytes through the scale.</summary>
    public static void Make(GatherShape s, ArrayView<byte> images, ArrayView<int> indices, ArrayView<ViewDraw> draws, PixelScale scale, ArrayView<float> y)
    {
        var shared = SharedMemory.Allocate<long>(GpuIndex.MaxGroup);
        var n = Grid.IdxX;
        var draw = draws[n];
        var image = (long)indices[n] * s.H * s.W * 3;
        var pixels = s.H * s.W;
        var contrast = ViewColours.PlaceOfContrast(draw);
        var mean = 0;
        if (contrast < ViewColours.Changes)
        {
            var sum = 0L;
            for (var i = Group.IdxX; i < pixels; i += Group.DimX)
                sum += ViewColours.Grey(ViewColours.Apply(draw, Pixel(s, images, image, draw, i), 0, contrast, 0));
            mean = (int)((GpuReduce.Sum(sum, shared) + (pixels / 2)) / pixels);
        }

        for (var i = Group.IdxX; i < pixels; i += Group.DimX)
        {
            var c = ViewColours.Apply(draw, Pixel(s, images, image, draw, i), 0, ViewColours.Changes, mean);
            if (draw.Grey != 0)
            {
                var grey = ViewColours.Grey(c);
                c = new Rgb(grey, grey, grey);
            }

            var target = (((long)n * pixels) + i) * 3;
            y[target] = scale.Map((byte)c.R, 0);
            y[target + 1] = scale.Map((byte)c.G, 1);
            y[target + 2] = scale.Map((byte)c.B, 2);
        }
    }

    private static Rgb Pixel(GatherShape s, ArrayView<byte> images, long image, ViewDraw draw, int i)
    {
        var row = i / s.W;
        var column = i - (row * s.W);
        var y = ViewCrop.Place(row, s.H, draw.H);
        var x = ViewCrop.Place(draw.Flip != 0 ? s.W - 1 - column : column, s.W, draw.W);
        var above = image + ((draw.Y + ViewCrop.Whole(y)) * (long)s.W * 3);
        var below = image + ((draw.Y + ViewCrop.Next(y, draw.H)) * (long)s.W * 3);
        var left = (draw.X + ViewCrop.Whole(x)) * 3;
        var right = (draw.X + ViewCrop.Next(x, draw.W)) * 3;
        return new Rgb(
            ViewCrop.Mix(images[above + left], images[above + right], images[below + left], images[below + right], x, y),
            ViewCrop.Mix(images[above + left + 1], images[above + right + 1], images[below + left + 1], images[below + right + 1], x, y),
            ViewCrop.Mix(images[above + left + 2], images[above + right + 2], images[below + left + 2], images[below + right + 2], x, y));
    }
}
