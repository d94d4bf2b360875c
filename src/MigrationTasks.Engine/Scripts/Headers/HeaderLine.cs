namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>A line of what a header holds, without the marks of the comment, and where it stands in the file.</summary>
/// <param name="Text">The SQL.</param>
/// <param name="Line">The line of the file, counted from 1.</param>
/// <param name="Column">The column of its first character, counted from 1 in code points.</param>
public readonly record struct HeaderLine(string Text, int Line, int Column);
