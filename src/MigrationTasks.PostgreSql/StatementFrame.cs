using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Runs the statements of a script outside a transaction, each with its entry in the journal. A statement that may share a
/// transaction shares one with its entry, so that the entry says for certain whether it stands.
/// </summary>
internal sealed class StatementFrame(WorkSession session, MigrationScript script)
{
    private readonly StatementOpening _opening = new(session.Config, session.History, script);

    /// <summary>Takes in a statement of the script: a limit that it sets for the rest of the file is not set by anybody else.</summary>
    public void Heed(ScriptStatement statement) => _opening.Heed(statement);

    /// <summary>Makes the script this runner's, when no statement of an earlier run is still at work.</summary>
    /// <returns>Whether it is: not when another runner was faster.</returns>
    public async Task<bool> ClaimAsync(HistoryCommand claim, CancellationToken cancellation)
    {
        var batch = session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        var frame = new CommandOrigin(script, CommandPurpose.Frame);
        batch.Add(frame, SessionState.BeginFresh);
        batch.Add(frame with { Purpose = CommandPurpose.Lock }, _opening.Of($"{session.Progress.MarkerOf(script)}:"));
        batch.Add(new CommandOrigin(script, CommandPurpose.Claim), claim.Sql, claim.Parameters);
        batch.Add(frame, "COMMIT");
        return await FlushAsync(batch, cancellation).ConfigureAwait(false) != 0;
    }

    /// <summary>Runs a statement and makes its entry, both or none.</summary>
    public async Task RunTogetherAsync(ScriptStatement statement, HistoryCommand entry, CancellationToken cancellation)
    {
        var batch = session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        var frame = new CommandOrigin(script, CommandPurpose.Frame, statement);
        batch.Add(frame, "BEGIN");
        batch.Add(frame with { Purpose = CommandPurpose.Lock }, _opening.Of(session.Progress.BackendMarker));
        await FailingAsCommand(batch, async () =>
        {
            await batch.AddAsync(script, statement, cancellation).ConfigureAwait(false);
            AddEntry(batch, statement, entry);
            batch.Add(new CommandOrigin(script, CommandPurpose.Commit, statement), "COMMIT");
            return await batch.FlushAsync(cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Runs a statement alone; its entry is made afterwards.</summary>
    public async Task RunAloneAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        // Behind a pooler, nobody knows which process it runs in.
        session.Progress.MoveTo(session.Progress.Running?.Session == session.Connection.ProcessID ? session.Connection.ProcessID : 0);
        await ExecuteAsync(statement, cancellation).ConfigureAwait(false);
    }

    /// <summary>Executes a statement of the script as it is.</summary>
    public Task ExecuteAsync(ScriptStatement statement, CancellationToken cancellation) =>
        statement.Rows is null ? ExecuteAsync(ClientEncoding.Keep(statement), cancellation) : CopyAsync(statement, cancellation);

    /// <summary>Makes an entry of its own.</summary>
    public async Task EnterAsync(ScriptStatement statement, HistoryCommand entry, CancellationToken cancellation)
    {
        var batch = session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        var frame = new CommandOrigin(script, CommandPurpose.Frame, statement);
        batch.Add(frame, "BEGIN");
        AddEntry(batch, statement, entry);
        batch.Add(frame, "COMMIT");
        await FlushAsync(batch, cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs a statement that ends a transaction of the script itself, with its entry as the last thing in there.</summary>
    public async Task CommitAsync(ScriptStatement statement, HistoryCommand entry, CancellationToken cancellation)
    {
        var batch = session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        AddEntry(batch, statement, entry);
        batch.Add(new CommandOrigin(script, CommandPurpose.Statement, statement), statement.Text);
        await FlushAsync(batch, cancellation).ConfigureAwait(false);
    }

    /// <summary>Executes one command.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        // Outside a transaction no setting is certain to hold behind a pooler: the limit is the client's, which stops the statement too.
        var command = new NpgsqlCommand(sql, session.Connection) { CommandTimeout = (int)Math.Ceiling(session.Config.Settings.CommandTimeout.TotalSeconds) };
        await using var disposal = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(PostgreSqlParameter.Of(parameter));
        }

        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    // What was deferred is checked as the user that the script has chosen; the history is the connection's own.
    private void AddEntry(PostgreSqlBatch batch, ScriptStatement statement, HistoryCommand entry)
    {
        batch.Add(new CommandOrigin(script, CommandPurpose.Commit, statement), "SET CONSTRAINTS ALL IMMEDIATE");
        foreach (var command in SessionState.AsConnected)
        {
            batch.Add(new CommandOrigin(script, CommandPurpose.Frame, statement), command);
        }

        batch.Add(new CommandOrigin(script, CommandPurpose.Record, statement), entry.Sql, entry.Parameters);
    }

    // Limited as any other statement, and reported as Npgsql reports those.
    private async Task CopyAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(session.Config.Settings.CommandTimeout > TimeSpan.Zero ? session.Config.Settings.CommandTimeout : Timeout.InfiniteTimeSpan);
        try
        {
            await session.Copies.RunAsync(statement, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new NpgsqlException("The rows took longer than the command timeout.", new TimeoutException(exception.Message, exception));
        }
    }

    private static Task<int> FlushAsync(PostgreSqlBatch batch, CancellationToken cancellation) => FailingAsCommand(batch, () => batch.FlushAsync(cancellation));

    private static async Task<int> FailingAsCommand(PostgreSqlBatch batch, Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.OriginOf(exception) is { } origin)
        {
            throw new CommandFailure(origin, exception);
        }
    }
}
