namespace CudaNoisy.Runtime;

/// <summary>A launch asks for more than the device allows.</summary>
public sealed class DeviceLimitException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="device">The device.</param>
    /// <param name="what">What there is a limit of.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="needed">What the launch needs.</param>
    public DeviceLimitException(string device, string what, long limit, long needed)
        : base($"{device}: at most {limit} {what} expected, {needed} are needed; a smaller batch needs less")
    {
    }
}
