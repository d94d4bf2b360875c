using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands;

/// <summary>What a command did on one database: also when it failed, so that what stands is known.</summary>
public abstract record DatabaseReport
{
    /// <summary>The adapter's name, such as <c>postgresql</c>; empty when the project itself is not in order.</summary>
    public required string Database { get; init; }

    /// <summary>What the database is called: as the project calls its kind, with the folder when it has several of that name; <see cref="Database"/> when it is not said.</summary>
    public string DisplayName { get => field ?? Database; init; }

    /// <summary>The database, without secrets; empty when the configuration could not be read.</summary>
    public string Target { get; init; } = "";

    /// <summary>The migrations folder, a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>What was odd.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>What went wrong; nothing when the command succeeded.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    /// <summary>How long the command took in all.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the command did all that it was asked to.</summary>
    public bool Succeeded => Errors.Count == 0;
}
