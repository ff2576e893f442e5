using CommandLine;
using CommandLine.Text;
using CudaNoisy.Export;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

const int Success = 0;
const int Failure = 1;
const int BadInput = 2;

try
{
    using var parser = new Parser(settings => settings.HelpWriter = null);
    var parsed = parser.ParseArguments<ExportArguments>(args);
    if (parsed is Parsed<ExportArguments> { Value: var arguments })
        return ExportCommand.Run(arguments);
    var errors = ((NotParsed<ExportArguments>)parsed).Errors.ToArray();
    if (errors.Any(e => e.Tag is ErrorType.HelpRequestedError or ErrorType.VersionRequestedError))
    {
        Console.Out.WriteLine(HelpText.AutoBuild(parsed, help =>
        {
            help.AdditionalNewLineAfterOption = false;
            help.MaximumDisplayWidth = 120;
            return help;
        }, example => example));
        return Success;
    }

    Console.Error.WriteLine(errors[0] switch
    {
        UnknownOptionError e => $"command line: a known option expected, '--{e.Token}' came; --help lists them",
        MissingRequiredOptionError => "command line: a checkpoint expected, nothing came; --help lists the options",
        NamedError e => $"--{e.NameInfo.LongName}: a value of another form expected; --help lists the options",
        var e => $"command line: {e.Tag}",
    });
    return BadInput;
}
catch (InputException e)
{
    Console.Error.WriteLine(e.Message);
    return BadInput;
}
catch (RecordException e)
{
    Console.Error.WriteLine(e.Message);
    return Failure;
}
