using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Tool;

/// <summary>Tells a terminal, or the log of whatever started the program, what happens.</summary>
/// <param name="console">Where to.</param>
/// <param name="project">What the result is called by.</param>
/// <param name="isVerbose">Whether everything is wanted.</param>
/// <param name="isSilenced">Whether the warning of a code is not wanted.</param>
/// <param name="database">Which of several databases it is that something happens to.</param>
internal sealed class ConsoleLog(ToolConsole console, string project, bool isVerbose, Func<string, bool> isSilenced, string? database = null) : RunLog(database)
{
    public override void WriteResult(string text)
    {
        if (text.Length > 0)
        {
            WriteLines(LineWeight.Result, PlainText.OfLines(CommandNames.Translate($"{project} -> {text}")));
        }
    }

    public override void WriteCommand(string command) => Write(console.Output, command);

    public override IRunObserver ForDatabase(string database) => new ConsoleLog(console, project, isVerbose, isSilenced, database);

    protected override void Write(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Error || !isSilenced(diagnostic.Code))
        {
            var told = diagnostic with { Message = PlainText.Of(CommandNames.Translate(diagnostic.Message)) };
            Write(console.Problems, told.Location.File is null ? $"{CommandNames.Program}: {told}" : told.ToString());
        }
    }

    protected override void WriteLines(LineWeight weight, string text)
    {
        if (isVerbose || weight == LineWeight.Result)
        {
            Write(console.Output, text);
        }
    }

    private void Write(TextWriter writer, string text)
    {
        lock (console)
        {
            writer.WriteLine(text);
        }
    }
}
