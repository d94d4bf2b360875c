using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>What a command of a batch is there for.</summary>
internal enum CommandPurpose
{
    /// <summary>Transaction, run lock, session: the frame around a script.</summary>
    Frame,

    /// <summary>Creating the history table, ahead of everything.</summary>
    Setup,

    /// <summary>Waiting for the run lock.</summary>
    Lock,

    /// <summary>The change of the history that makes the work this runner's.</summary>
    Claim,

    /// <summary>A statement of the script.</summary>
    Statement,

    /// <summary>What a script left to be checked at its end.</summary>
    Commit,

    /// <summary>What the history needs after the statements.</summary>
    Record,
}

/// <summary>Where a command comes from, so that its failure can be told to the right file and line.</summary>
/// <param name="Script">The migration, or the rollback of one.</param>
/// <param name="Purpose">What the command is there for.</param>
/// <param name="Statement">The script's statement, when it is one.</param>
internal sealed record CommandOrigin(MigrationScript Script, CommandPurpose Purpose, ScriptStatement? Statement = null);

/// <summary>
/// Commands that travel together: the server works through them without waiting for the client, and skips the rest after a
/// failure. Batches are cut by size, so that memory stays flat however long the migrations are.
/// </summary>
internal sealed class PostgreSqlBatch(NpgsqlConnection connection, CopyImport copies) : IAsyncDisposable
{
    private const int MaxCharacters = 1024 * 1024;
    private const int MaxCommands = 8 * 1024;

    private readonly Dictionary<NpgsqlBatchCommand, CommandOrigin> _origins = new(ReferenceEqualityComparer.Instance);
    private NpgsqlBatch _batch = new(connection) { Timeout = 0 };
    private long _characters;
    private CommandOrigin? _copying;

    /// <summary>Whether nothing was added since the last <see cref="FlushAsync"/>.</summary>
    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <summary>Whether it is time to <see cref="FlushAsync"/>.</summary>
    public bool IsFull => _characters >= MaxCharacters || _batch.BatchCommands.Count >= MaxCommands;

    public void Add(CommandOrigin origin, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(PostgreSqlParameter.Of(parameter));
        }

        _batch.BatchCommands.Add(command);
        _origins.Add(command, origin);
        _characters += sql.Length;
    }

    /// <summary>Adds a statement of a script, and sends what was added when there is enough of it.</summary>
    /// <exception cref="PostgresException">The server refused a command; <see cref="OriginOf"/> tells which.</exception>
    public async Task AddAsync(MigrationScript script, ScriptStatement statement, CancellationToken cancellation)
    {
        var origin = new CommandOrigin(script, CommandPurpose.Statement, statement);
        if (statement.Rows is not null)
        {
            // Rows cannot travel in a batch: what comes before them goes ahead, in the same transaction.
            var frame = new CommandOrigin(script, CommandPurpose.Frame);
            Add(frame, SessionState.KeepQuiet);
            await FlushAsync(cancellation).ConfigureAwait(false);
            _copying = origin;
            await copies.RunAsync(statement, cancellation).ConfigureAwait(false);
            _copying = null;
            Add(frame, SessionState.SpeakAgain);
            return;
        }

        Add(origin, ClientEncoding.Keep(statement));
        if (IsFull)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sends what was added and waits until the server has worked through it.</summary>
    /// <returns>How many rows the claim changed; below zero for a claim that fails rather than change none.</returns>
    /// <exception cref="PostgresException">The server refused a command; <see cref="OriginOf"/> tells which.</exception>
    public async Task<int> FlushAsync(CancellationToken cancellation)
    {
        if (IsEmpty)
        {
            return 0;
        }

        var reader = await _batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.NextResultAsync(cancellation).ConfigureAwait(false))
            {
                // Rows that a migration selects interest nobody; reading past them is what makes failures come up.
            }
        }

        var claimed = _origins.Where(command => command.Value.Purpose == CommandPurpose.Claim).Sum(command => command.Key.RecordsAffected);
        await _batch.DisposeAsync().ConfigureAwait(false);
        _batch = new NpgsqlBatch(connection) { Timeout = 0 };
        _origins.Clear();
        _characters = 0;
        return claimed;
    }

    /// <summary>Where the command that failed comes from.</summary>
    public CommandOrigin? OriginOf(PostgresException exception) =>
        exception.BatchCommand is NpgsqlBatchCommand command ? _origins.GetValueOrDefault(command) : _copying;

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
