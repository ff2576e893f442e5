using System.Runtime.InteropServices;

namespace CudaNoisy.Runtime;

/// <summary>The driver's functions for graphs (CUDA 11.4 and later), which ILGPU does not import.</summary>
internal sealed unsafe class CudaGraphs
{
    private const int ThreadLocalCapture = 1;
    private readonly delegate* unmanaged<nint, int, int> _begin;
    private readonly delegate* unmanaged<nint, nint*, int> _end;
    private readonly delegate* unmanaged<nint*, nint, ulong, int> _instantiate;
    private readonly delegate* unmanaged<nint, nint, int> _launch;
    private readonly delegate* unmanaged<nint, int> _destroyGraph;
    private readonly delegate* unmanaged<nint, int> _destroyExecutable;

    private CudaGraphs(nint library)
    {
        _begin = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "cuStreamBeginCapture_v2");
        _end = (delegate* unmanaged<nint, nint*, int>)NativeLibrary.GetExport(library, "cuStreamEndCapture");
        _instantiate = (delegate* unmanaged<nint*, nint, ulong, int>)NativeLibrary.GetExport(library, "cuGraphInstantiateWithFlags");
        _launch = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "cuGraphLaunch");
        _destroyGraph = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuGraphDestroy");
        _destroyExecutable = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuGraphExecDestroy");
    }

    /// <summary>The functions, or null where the driver is older.</summary>
    public static CudaGraphs? Find()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1", out var library) && !NativeLibrary.TryLoad("libcuda.so", out library))
            return null;
        try
        {
            return new CudaGraphs(library);
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Captures what is launched on a stream meanwhile; 0 where the driver will not.</summary>
    public nint Capture(nint stream, Action launches)
    {
        if (_begin(stream, ThreadLocalCapture) != 0)
            return 0;
        nint graph = 0;
        var ended = 0;
        try
        {
            launches();
        }
        finally
        {
            ended = _end(stream, &graph);
        }

        if (ended != 0)
            return 0;
        nint executable;
        var made = _instantiate(&executable, graph, 0);
        _ = _destroyGraph(graph);
        return made == 0 ? executable : 0;
    }

    /// <summary>Launches a captured graph.</summary>
    public void Launch(nint executable, nint stream)
    {
        var error = _launch(executable, stream);
        if (error != 0)
            throw new InvalidOperationException($"cuGraphLaunch returned {error}");
    }

    /// <summary>Releases a captured graph.</summary>
    public void Destroy(nint executable) => _ = _destroyExecutable(executable);
}
