using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Databases;

/// <summary>
/// What an adapter can do whose server can hold a shadow: a database beside the real ones, in which migrations are tried, and of which
/// nothing matters to anybody. The real database of the adapter is only the way to its server, and is never changed.
/// </summary>
public interface IShadowServer
{
    /// <summary>Where the engine keeps what it knows of a shadow; a database without it is none, and is never touched. It is no part of the schema.</summary>
    HistoryTableName ShadowTable { get; }

    /// <summary>How a shadow is reached.</summary>
    /// <param name="place">Which shadow.</param>
    DatabaseConfig ConfigureShadow(ShadowPlace place);

    /// <summary>
    /// Creates a shadow that is not there: an empty database with <see cref="ShadowTable"/>, whose columns are <c>position</c> (a whole
    /// number, the key), <c>name</c>, <c>checksum</c> and <c>proof</c> (texts, the last of any length).
    /// </summary>
    /// <param name="place">Which shadow.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it was created; not when there is a database of that name.</returns>
    /// <exception cref="MigrationException">MIG6010 when the user may not create databases.</exception>
    Task<bool> CreateShadowAsync(ShadowPlace place, CancellationToken cancellation);

    /// <summary>Removes a shadow; does nothing where there is none. The engine has looked that it is one.</summary>
    /// <param name="place">Which shadow.</param>
    /// <param name="cancellation">Gives up.</param>
    Task DropShadowAsync(ShadowPlace place, CancellationToken cancellation);

    /// <summary>Tells what would happen to others if a statement ran on a shadow: what it does to its own database only is no matter.</summary>
    /// <param name="statement">A statement of a migration, or of a rollback.</param>
    /// <param name="isOwnServer">Whether the real database is on the same server.</param>
    ShadowVerdict Judge(ScriptStatement statement, bool isOwnServer);

    /// <summary>Tells what the server of a shadow lacks, when a migration failed because of that, and not because anything is wrong with it.</summary>
    /// <param name="failure">What the migration failed with.</param>
    /// <returns>What follows "because", such as <c>the server has no extension pg_cron</c>; <see langword="null"/> where the migration is to blame.</returns>
    string? Lacks(MigrationException failure) => null;
}

/// <summary>Where a shadow is.</summary>
/// <param name="Name">The name of its database: letters of the ASCII, digits and underscores, at most 60 of them.</param>
/// <param name="Folder">The full path of the folder for what is a file.</param>
public sealed record ShadowPlace(string Name, string Folder);

/// <summary>What becomes of a statement on a shadow.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Reason">Why, where it does not just run: what follows "because", such as <c>it changes the roles of the server</c>; empty where nobody need know.</param>
public sealed record ShadowVerdict(ShadowVerdictKind Kind, string Reason = "")
{
    /// <summary>It runs.</summary>
    public static ShadowVerdict Runs { get; } = new(ShadowVerdictKind.Runs);
}

/// <summary>What becomes of a statement on a shadow.</summary>
public enum ShadowVerdictKind
{
    /// <summary>It runs.</summary>
    Runs,

    /// <summary>It is left out, and what follows runs: the schema is the same without it.</summary>
    IsLeftOut,

    /// <summary>Its migration cannot be tried on a shadow.</summary>
    IsRefused,
}
