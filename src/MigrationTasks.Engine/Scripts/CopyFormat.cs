namespace MigrationTasks.Engine.Scripts;

/// <summary>How the rows of a <c>COPY … FROM STDIN</c> are written.</summary>
public enum CopyFormat
{
    /// <summary>A line a row, in which a backslash escapes.</summary>
    Text,

    /// <summary>Comma-separated values; a line break in quotes is a part of the row.</summary>
    Csv,

    /// <summary>PostgreSQL's binary format, which is no text and can stand in no script.</summary>
    Binary,
}
