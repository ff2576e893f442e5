namespace CudaNoisy.Runtime;

/// <summary>Launches element-wise maps and whole-vector reductions. Views have equal lengths; outputs may be any of the inputs.</summary>
public interface IElementwise
{
    /// <summary>x = value.</summary>
    void Fill(DeviceView<float> x, float value);

    /// <summary>y = x.</summary>
    void Copy(DeviceView<float> x, DeviceView<float> y);

    /// <summary>y = a + b.</summary>
    void Add(DeviceView<float> a, DeviceView<float> b, DeviceView<float> y);

    /// <summary>y = x + alpha * v: a virtual step, an accumulation (y = x), an average.</summary>
    void AddScaled(DeviceView<float> x, float alpha, DeviceView<float> v, DeviceView<float> y);

    /// <summary>y = max(x, 0).</summary>
    void Relu(DeviceView<float> x, DeviceView<float> y);

    /// <summary>dx = dy where y > 0, else 0; or dx += with <paramref name="accumulate"/>. It is also ReLU's Jvp: yDot = xDot where y > 0.</summary>
    void ReluBackward(DeviceView<float> y, DeviceView<float> dy, DeviceView<float> dx, bool accumulate);

    /// <summary>y = min(max(x, low), high).</summary>
    void Clip(DeviceView<float> x, float low, float high, DeviceView<float> y);

    /// <summary>dx = (or +=) dy where low &lt; x &lt; high, else 0. It is also Clip's Jvp.</summary>
    void ClipBackward(DeviceView<float> x, float low, float high, DeviceView<float> dy, DeviceView<float> dx, bool accumulate);

    /// <summary>y (rows, channels) = x * scale + shift, per channel; scale and shift may each be empty (1 and 0).</summary>
    void ChannelAffine(long rows, int channels, DeviceView<float> x, DeviceView<float> scale, DeviceView<float> shift, DeviceView<float> y);

    /// <summary>y (N,C,H,W) = x (N,H,W,C).</summary>
    void ToChannelsFirst(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y);

    /// <summary>y (N,H,W,C) = x (N,C,H,W), or y += with <paramref name="accumulate"/>.</summary>
    void ToChannelsLast(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y, bool accumulate);

    /// <summary>result[0] = sum of x[i]*y[i] (x[i] if y is empty), in a fixed order.</summary>
    void Dot(DeviceView<float> x, DeviceView<float> y, DeviceView<float> result);
}
