using CommandLine;
using CommandLine.Text;

namespace CudaNoisy.Cli;

/// <summary>Help on stdout; one line on stderr for a wrong command line.</summary>
internal static class ParseErrors
{
    public static int Report<T>(ParserResult<T> result, Error[] errors, int success, int badInput)
    {
        if (errors.Any(e => e.Tag is ErrorType.HelpRequestedError or ErrorType.HelpVerbRequestedError or ErrorType.VersionRequestedError))
        {
            Console.Out.WriteLine(errors[0].Tag == ErrorType.VersionRequestedError
                ? HelpText.AutoBuild(result)
                : HelpText.AutoBuild(result, help =>
                {
                    help.AdditionalNewLineAfterOption = false;
                    help.MaximumDisplayWidth = 120;
                    return help;
                }, example => example, verbsIndex: errors[0].Tag == ErrorType.HelpVerbRequestedError || result.TypeInfo.Current == typeof(NullInstance)));
            return success;
        }

        Console.Error.WriteLine(errors[0] switch
        {
            UnknownOptionError e => $"command line: a known option expected, '--{e.Token}' came; --help lists them",
            BadVerbSelectedError e => $"command line: one of {Verbs(result)} expected, '{e.Token}' came",
            NoVerbSelectedError => $"command line: a command expected ({Verbs(result)}), nothing came; --help lists them",
            MissingValueOptionError e => $"--{e.NameInfo.LongName}: a value expected, nothing came",
            MissingRequiredOptionError => "command line: the argument expected by this command did not come; --help lists them",
            RepeatedOptionError e => $"--{e.NameInfo.LongName}: given once expected, it came twice",
            BadFormatConversionError e => $"--{e.NameInfo.LongName}: a value of another form expected; --help lists the options",
            var e => $"command line: {e.Tag}",
        });
        return badInput;
    }

    private static string Verbs<T>(ParserResult<T> result) =>
        string.Join(", ", result.TypeInfo.Choices.Select(c => ((VerbAttribute)Attribute.GetCustomAttribute(c, typeof(VerbAttribute))!).Name));
}
