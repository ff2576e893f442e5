namespace CudaNoisy.Runtime;

/// <summary>Launches captured in a CUDA graph: played one by one the first time, which compiles kernels and grows scratch memory, captured the second time, replayed from then on.</summary>
internal sealed class CudaRecording(IlgpuDevice device, CudaGraphs graphs, nint stream, Action launches) : Recording(launches)
{
    private bool _isWarm;
    private bool _isRefused;
    private nint _graph;
    private long _version;

    public override void Play()
    {
        if (_graph != 0 && _version == device.ScratchVersion)
        {
            graphs.Launch(_graph, stream);
            return;
        }

        if (!_isWarm || _isRefused)
        {
            _isWarm = true;
            Launches();
            return;
        }

        Release();
        _version = device.ScratchVersion;
        _graph = graphs.Capture(stream, Launches);
        _isRefused = _graph == 0;
        if (_isRefused)
            Launches();
        else
            graphs.Launch(_graph, stream);
    }

    protected override void Dispose(bool disposing) => Release();

    private void Release()
    {
        if (_graph != 0)
            graphs.Destroy(_graph);
        _graph = 0;
    }
}
