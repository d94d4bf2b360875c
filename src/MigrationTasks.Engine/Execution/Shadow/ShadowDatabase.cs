using System.Runtime.CompilerServices;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Execution.Shadow;

/// <summary>
/// The database in which migrations are tried. It is kept, so that the next time only what is new has to run; what is not marked as ours
/// is never touched.
/// </summary>
internal sealed class ShadowDatabase : IAsyncDisposable
{
    private readonly IShadowServer _server;
    private readonly ShadowPlace _place;
    private readonly IDisposable _lock;

    private ShadowDatabase(IShadowServer server, ShadowPlace place, DatabaseAdapter adapter, IDisposable @lock) => (_server, _place, Adapter, _lock) = (server, place, adapter, @lock);

    /// <summary>Its adapter, which is connected.</summary>
    public DatabaseAdapter Adapter { get; }

    /// <summary>Opens it, and creates it where it is not there. One run at a time has it.</summary>
    /// <param name="host">Connected to the server.</param>
    /// <param name="definition">What kind of database it is.</param>
    /// <param name="place">Which shadow.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run held it for too long; MIG6010 when it cannot be created; MIG6011 when it is not ours.</exception>
    public static async Task<ShadowDatabase> OpenAsync(DatabaseAdapter host, AdapterDefinition definition, ShadowPlace place, CancellationToken cancellation)
    {
        var server = host as IShadowServer ?? throw Errors.SchemaUnsupported(definition.Name, "create a shadow database");
        var config = server.ConfigureShadow(place);
        var @lock = Lock(place, config, cancellation);
        try
        {
            var isNew = await server.CreateShadowAsync(place, cancellation).ConfigureAwait(false);
            var shadow = new ShadowDatabase(server, place, definition.Create(config), @lock);
            await shadow.Adapter.ConnectAsync(cancellation).ConfigureAwait(false);
            await (isNew ? Task.CompletedTask : shadow.CheckAsync(cancellation)).ConfigureAwait(false);
            return shadow;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Makes it empty.</summary>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        await Adapter.DisconnectAsync().ConfigureAwait(false);
        await _server.DropShadowAsync(_place, cancellation).ConfigureAwait(false);
        await _server.CreateShadowAsync(_place, cancellation).ConfigureAwait(false);
        await Adapter.ConnectAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes it.</summary>
    public async Task DropAsync(CancellationToken cancellation)
    {
        await Adapter.DisconnectAsync().ConfigureAwait(false);
        await _server.DropShadowAsync(_place, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads what was found out about the migrations that are applied to it, in the order in which they were.</summary>
    public async Task<List<MigrationProof>> ReadProofsAsync(CancellationToken cancellation)
    {
        var rows = await Adapter.QueryAsync(Query("SELECT name, checksum, proof FROM {table} ORDER BY position"), cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => MigrationProof.Read((string)row[0]!, (string)row[1]!, (string)row[2]!))];
    }

    /// <summary>Keeps what was found out about a migration.</summary>
    /// <param name="position">Which it is, counted from 0.</param>
    /// <param name="proof">What was found out.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task KeepAsync(int position, MigrationProof proof, CancellationToken cancellation) => Adapter.QueryAsync(
        Query("INSERT INTO {table} (position, name, checksum, proof) VALUES ({0}, {1}, {2}, {3})", position, proof.Name, proof.Checksum, proof.Write()), cancellation);

    /// <summary>Makes room for what was found out anew.</summary>
    /// <param name="position">Which it is, counted from 0.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task ForgetAsync(int position, CancellationToken cancellation) => Adapter.QueryAsync(Query("DELETE FROM {table} WHERE position = {0}", position), cancellation);

    /// <summary>Reads its schema.</summary>
    public Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation) => ((ISchemaReader)Adapter).ReadSchemaAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private FormattableString Query(string text, params object?[] values) => FormattableStringFactory.Create(text.Replace("{table}", _server.ShadowTable.ToString(), StringComparison.Ordinal), values);

    private static RunLockFile Lock(ShadowPlace place, DatabaseConfig config, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(place.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.ReadOnly(place.Folder, exception.Message, exception, "the permissions of the folder");
        }

        return RunLockFile.Take(Path.Combine(place.Folder, place.Name), config, cancellation);
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        if (await Adapter.TableExistsAsync(_server.ShadowTable, cancellation).ConfigureAwait(false))
        {
            return;
        }

        // What was killed between creating the database and the table has left nothing that anybody could miss.
        var isEmpty = (await ReadSchemaAsync(cancellation).ConfigureAwait(false)).Objects.All(item => item.Kind is "schema" or "database")
            && (await Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false)).State == HistoryTableState.Absent;
        if (!isEmpty)
        {
            throw Errors.ShadowNotOurs(Adapter.Config.Target);
        }

        await ResetAsync(cancellation).ConfigureAwait(false);
    }
}
