using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Execution.Shadow;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Commands;

/// <summary>How migrations are tried on a shadow database.</summary>
/// <param name="Folder">Where its files are kept, a full path.</param>
/// <param name="Variable">The name of the variable with the connection to the server that it is on; <see langword="null"/> for the server of the real database.</param>
public sealed record ShadowOptions(string Folder, string? Variable = null);

/// <summary>What the commands work on that try migrations: a server for the shadow, a folder, and the real database where there is one.</summary>
/// <param name="server">The server, by one of its databases.</param>
/// <param name="real">The real database; <see langword="null"/> where its connection is not set.</param>
/// <param name="folder">Where the shadow's files are kept.</param>
internal sealed class ShadowContext(CommandContext server, CommandContext? real, string folder)
{
    private const int LongestSlug = 30;

    /// <summary>The server, by one of its databases.</summary>
    public CommandContext Server => server;

    /// <summary>The real database.</summary>
    public CommandContext? Real => real;

    /// <summary>The lock file of the folder, a full path.</summary>
    public string LockFile => Path.Combine(server.Folder, "schema.lock");

    /// <summary>What was found out about the migrations so far.</summary>
    public IReadOnlyList<MigrationProof> Proofs { get; private set; } = [];

    /// <summary>The report of a command that has done nothing yet: about the real database, or about the shadow where there is none.</summary>
    public TReport Start<TReport>()
        where TReport : DatabaseReport, new() => Named(server.Start<TReport>());

    /// <summary>The report with the name of the database that it is about.</summary>
    public TReport Named<TReport>(TReport report)
        where TReport : DatabaseReport => report with { Target = (real?.Adapter.Config ?? (server.Adapter as IShadowServer)?.ConfigureShadow(Place) ?? server.Adapter.Config).Target };

    /// <summary>Applies the migrations to the shadow, as far as they are not, and lets work be done with it.</summary>
    /// <param name="files">The migrations.</param>
    /// <param name="recorder">Watches.</param>
    /// <param name="work">Works with the shadow and what came of it.</param>
    /// <param name="cancellation">Stops the running statement.</param>
    /// <exception cref="MigrationException">What a run would fail with; MIG6010 to MIG6012 when there can be no shadow.</exception>
    public async Task<T> ReplayAsync<T>(MigrationFolder files, RunRecorder recorder, Func<ShadowDatabase, ReplayedMigrations, Task<T>> work, CancellationToken cancellation)
    {
        var shadow = await OpenAsync(cancellation).ConfigureAwait(false);
        await using var closing = shadow.ConfigureAwait(false);
        var units = new ShadowUnits((IShadowServer)server.Adapter, IsOwnServer);
        var replay = new ShadowReplay(shadow, files, units, recorder);
        Proofs = replay.Proofs;
        var replayed = await replay.RunAsync(cancellation).ConfigureAwait(false);
        return await work(shadow, replayed).ConfigureAwait(false);
    }

    /// <summary>Opens the shadow as it is.</summary>
    public async Task<ShadowDatabase> OpenAsync(CancellationToken cancellation)
    {
        if (server.Adapter is not ISchemaReader)
        {
            throw Errors.SchemaUnsupported(server.DisplayName, "be asked for its schema");
        }

        await server.ReachAsync(cancellation).ConfigureAwait(false);
        return await ShadowDatabase.OpenAsync(server.Adapter, server.Definition, Place, cancellation).ConfigureAwait(false);
    }

    // Roles and the like are shared by all databases of a server, whatever the connection to it is called.
    private bool IsOwnServer => real is not null && ServerOf(real.Adapter.Config) == ServerOf(server.Adapter.Config);

    private static string ServerOf(DatabaseConfig config) => config.Target.IndexOf(" at ", StringComparison.Ordinal) is >= 0 and var at ? config.Target[at..] : "";

    private ShadowPlace Place => new(Name, folder);

    // One for each folder of each machine: whoever else uses the server has one of his own.
    private string Name
    {
        get
        {
            var slug = new string([.. (server.Identity ?? "").ToLowerInvariant().Where(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '/')]).Replace('-', '_').Replace("/migrations/", "_", StringComparison.Ordinal).Replace('/', '_');
            var mark = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Environment.MachineName, server.Folder, server.Adapter.Config.Settings.HistoryTable)));
            return $"mt_shadow_{slug[..Math.Min(slug.Length, LongestSlug)]}_{Convert.ToHexStringLower(mark.AsSpan(0, 4))}";
        }
    }
}
