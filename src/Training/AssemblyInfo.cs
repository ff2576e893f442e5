using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CudaNoisy.Tests")]
[assembly: InternalsVisibleTo("cudanoisy")]
