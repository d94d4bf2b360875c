namespace MigrationTasks.Engine.Planning;

/// <summary>Where the SQL of a rollback comes from.</summary>
public enum RollbackSource
{
    /// <summary>The <c>Rollback</c> header of the migration's file.</summary>
    Header,

    /// <summary>The <c>.down.sql</c> file beside the migration.</summary>
    File,

    /// <summary>The history, which kept what was written down when the migration was applied.</summary>
    History,
}
