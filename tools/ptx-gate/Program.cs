using CommandLine;
using CudaNoisy.PtxGate;

return Parser.Default.ParseArguments<GateOptions>(args).MapResult(options => new Gate(Assembler.Find(options.Tools), options.Filter).Run(), _ => 2);
