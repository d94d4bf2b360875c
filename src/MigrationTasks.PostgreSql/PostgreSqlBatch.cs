using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Commands that travel together: the server works through them without waiting for the client, and skips the rest after a
/// failure. Batches are cut by size, so that memory stays flat however long the migrations are.
/// </summary>
internal sealed class PostgreSqlBatch(NpgsqlConnection connection, CopyImport copies) : IAsyncDisposable
{
    private const int MaxCharacters = 1024 * 1024;
    private const int MaxCommands = 8 * 1024;

    private readonly Dictionary<NpgsqlBatchCommand, Command> _commands = new(ReferenceEqualityComparer.Instance);
    private NpgsqlBatch _batch = new(connection) { Timeout = 0 };
    private long _characters;
    private Command? _copying;

    /// <summary>Whether nothing was added since the last <see cref="FlushAsync"/>.</summary>
    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <summary>Whether it is time to <see cref="FlushAsync"/>.</summary>
    public bool IsFull => _characters >= MaxCharacters || _batch.BatchCommands.Count >= MaxCommands;

    /// <summary>Adds a command.</summary>
    public void Add(Command command) => Add(command, command.Text);

    /// <summary>Adds a statement of a script, and sends what was added when there is enough of it.</summary>
    /// <exception cref="PostgresException">The server refused a command; <see cref="CommandOf"/> tells which.</exception>
    public async Task AddStatementAsync(Command command, CancellationToken cancellation)
    {
        var statement = command.Statement!;
        if (statement.Rows is not null)
        {
            // Rows cannot travel in a batch: what comes before them goes ahead, in the same transaction.
            var frame = new Command(command.Unit, CommandPurpose.Frame, SessionState.KeepQuiet);
            Add(frame);
            await FlushAsync(cancellation).ConfigureAwait(false);
            _copying = command;
            await copies.RunAsync(statement, cancellation).ConfigureAwait(false);
            _copying = null;
            Add(frame with { Text = SessionState.SpeakAgain });
            return;
        }

        Add(command, ClientEncoding.Keep(statement));
        if (IsFull)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Add(Command origin, string sql)
    {
        var command = PostgreSqlParameter.CommandOf(new SqlText(sql, origin.Values));
        _batch.BatchCommands.Add(command);
        _commands.Add(command, origin);
        _characters += sql.Length;
    }

    /// <summary>Sends what was added and waits until the server has worked through it.</summary>
    /// <returns>How many rows the claim changed; below zero for a claim that fails rather than change none.</returns>
    /// <exception cref="PostgresException">The server refused a command; <see cref="CommandOf"/> tells which.</exception>
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

        var claimed = _commands.Where(command => command.Value.Purpose == CommandPurpose.Claim).Sum(command => command.Key.RecordsAffected);
        await _batch.DisposeAsync().ConfigureAwait(false);
        _batch = new NpgsqlBatch(connection) { Timeout = 0 };
        _commands.Clear();
        _characters = 0;
        return claimed;
    }

    /// <summary>Where the command that failed comes from.</summary>
    public Command? CommandOf(PostgresException exception) =>
        exception.BatchCommand is NpgsqlBatchCommand command ? _commands.GetValueOrDefault(command) : _copying;

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
