using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine;

/// <summary>What a project asks of a run.</summary>
public sealed record WorkflowOptions : DatabaseOptions
{
    /// <summary>The project's folder, a full path: every relative path starts there.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The project's name, by which the history tells its migrations from those of other projects; that of its folder when omitted.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The migrations folders; when there are none, every <c>migrations/&lt;database&gt;/</c> of the project is one.</summary>
    public IReadOnlyList<DeclaredFolder> Folders { get; init; } = [];

    /// <summary>Where the folders are declared, for a command that has to declare one otherwise; <see langword="null"/> when no program can write there.</summary>
    public IFolderDeclarations? Declarations { get; init; }

    /// <summary>The <c>.env</c> file to read; <see langword="null"/> for the nearest one from the project's folder upward.</summary>
    public string? EnvFile { get; init; }

    /// <summary>Only the folders of this database; <see langword="null"/> for all.</summary>
    public string? Database { get; init; }

    /// <summary>What stands for the placeholders in migrations.</summary>
    public Placeholders Placeholders { get; init; } = Placeholders.None;

    /// <summary>What to apply, and what to make of migrations out of order.</summary>
    public PlanOptions Plan { get; init; } = new();

    /// <summary>
    /// Whether the warning of a code, such as <c>MIG2028</c>, counts as an error: one that is found before a command changes
    /// anything stops it there. None does when omitted.
    /// </summary>
    public Func<string, bool> IsWarningAsError { get; init; } = _ => false;

    /// <summary>How a variable of the environment is read; that of the process when omitted.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The project's name, which everything that belongs to a project is called by.</summary>
    internal string Project => ProjectName ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(ProjectDirectory));
}
