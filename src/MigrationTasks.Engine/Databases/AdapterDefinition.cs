using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Databases;

/// <summary>What the engine must know of a kind of database before it connects to one.</summary>
public abstract class AdapterDefinition
{
    /// <summary>The name, and the usual name of its migrations folder: <c>postgresql</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that mean the same.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The schemes of its connection URLs, such as <c>postgres</c>.</summary>
    public abstract IReadOnlyList<string> UrlSchemes { get; }

    /// <summary>The variable that holds the connection unless a folder names another.</summary>
    public abstract string ConnectionVariable { get; }

    /// <summary>Where a tool of this database keeps migrations that are ours as they are, from the project's folder; they are found by themselves where there are no others.</summary>
    public virtual IReadOnlyList<string> ToolFolders => [];

    /// <summary>What a connection looks like, for messages.</summary>
    public abstract string ConnectionForm { get; }

    /// <summary>A connection by which it works without a server, so that a shadow can be had where no connection is set; <see langword="null"/> where it needs one.</summary>
    public virtual string? EmbeddedConnection => null;

    /// <summary>What its migrations are written in.</summary>
    public abstract ScriptLanguage Language { get; }

    /// <summary>What the file of a dry run's script ends in: its client program runs it.</summary>
    public virtual string ScriptExtension => Language.FileExtension;

    /// <summary>What starts a line of such a script that is a comment.</summary>
    public virtual string ScriptComment => "--";

    /// <summary>What lint knows of it; <see langword="null"/> when its migrations are not linted.</summary>
    public virtual LintProfile? Lint => null;

    /// <summary>Makes sense of a connection.</summary>
    /// <param name="connection">The value of the connection variable: secret, never to be shown.</param>
    /// <param name="settings">What all databases have in common.</param>
    /// <exception cref="MigrationException">MIG1007 when the connection cannot be used.</exception>
    public abstract DatabaseConfig Configure(string connection, DatabaseSettings settings);

    /// <summary>Creates the adapter for one database; it connects when it is asked to.</summary>
    /// <param name="config">What <see cref="Configure"/> returned.</param>
    public abstract DatabaseAdapter Create(DatabaseConfig config);
}
