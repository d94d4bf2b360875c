namespace MigrationTasks.Tool;

/// <summary>Where the program writes.</summary>
/// <param name="Output">For results.</param>
/// <param name="Problems">For warnings and errors.</param>
internal sealed record ToolConsole(TextWriter Output, TextWriter Problems);
