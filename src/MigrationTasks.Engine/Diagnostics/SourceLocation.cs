namespace MigrationTasks.Engine.Diagnostics;

/// <summary>A place in a file, as compilers print it: <c>file(line,column)</c>.</summary>
/// <param name="File">The full path of the file, or <see langword="null"/> when the problem is not in a file.</param>
/// <param name="Line">The line, counted from 1; 0 when it is not known.</param>
/// <param name="Column">
/// The column, counted from 1 in characters: a tab is one, and so is a character outside the basic plane; 0 when it is
/// not known.
/// </param>
public readonly record struct SourceLocation(string? File, int Line = 0, int Column = 0)
{
    /// <summary>No place at all.</summary>
    public static readonly SourceLocation None;

    /// <inheritdoc/>
    public override string ToString() => (File, Line, Column) switch
    {
        (null, _, _) => "",
        (_, 0, _) => File,
        (_, _, 0) => $"{File}({Line})",
        _ => $"{File}({Line},{Column})",
    };
}
