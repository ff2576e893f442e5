using CommandLine;
using CudaNoisy.PtxGate;

return Parser.Default.ParseArguments<GateOptions>(args).MapResult(
    options =>
    {
        if (!options.Model)
            return new Gate(Assembler.Find(options.Tools), options.Filter).Run();
        StepModel.Print();
        return 0;
    },
    _ => 2);
