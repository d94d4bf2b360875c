using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>Runs scripts in the session of an adapter; of each nothing is left there.</summary>
/// <param name="config">The database.</param>
/// <param name="language">How a run is said.</param>
/// <param name="observer">Watches the run.</param>
/// <param name="sessions">Has the session.</param>
/// <remarks>Everything here blocks: the adapter runs scripts on a thread of their own.</remarks>
internal sealed class SqliteScriptSession(SqliteConfig config, SqliteCommands language, IRunObserver observer, SqliteSessions sessions) : ScriptSession(config, observer)
{
    public override CommandLanguage Language => language;

    public override bool MayLoseConnection => false;

    public override Task<IAsyncDisposable> OpenAsync(ScriptUnit unit, CancellationToken cancellation) =>
        Task.FromResult<IAsyncDisposable>(new Opened(sessions, config, unit, cancellation));

    public override Task<IAsyncDisposable> OpenHistoryAsync(CancellationToken cancellation) => Task.FromResult<IAsyncDisposable>(new Opened(sessions, config, null, cancellation));

    public override Task<int> ExecuteAsync(SqlText statement, CancellationToken cancellation)
    {
        sessions.Current.Execute(statement, cancellation);
        return Task.FromResult(sessions.Current.Changes);
    }

    public override Task SendAsync(IEnumerable<Command> commands, ICommandProgress progress, CancellationToken cancellation)
    {
        foreach (var command in commands)
        {
            Send(command, progress, cancellation);
        }

        return Task.CompletedTask;
    }

    public override Task<SqlRows> QueryAsync(SqlText query, CancellationToken cancellation) =>
        Task.FromResult(sessions.Current.Query(query.Text, cancellation, [.. query.Values]));

    public override Task<string> RollBackAsync(ScriptUnit? unit, string consequence)
    {
        language.RollBack(sessions.Current);
        return Task.FromResult(consequence);
    }

    public override DatabaseFailure? Judge(Exception exception, Command? command)
    {
        if (exception is not SqliteFailure failure)
        {
            return null;
        }

        var kind = failure switch
        {
            { IsBusy: true } => FailureKind.RunLockTimeout,
            { PrimaryCode: raw.SQLITE_CONSTRAINT } when command is null or { Purpose: CommandPurpose.Claim } => FailureKind.ClaimConflict,
            { IsMissingTable: true } when command?.Purpose is CommandPurpose.Entry or CommandPurpose.Record => FailureKind.NoHistory,
            _ => FailureKind.Refused,
        };
        return new DatabaseFailure(kind, failure, command, failure.Problem, command?.Unit.Script.Location ?? default);
    }

    public override Task<MigrationException> ReportAsync(DatabaseFailure failure, string consequence)
    {
        var (cause, script) = ((SqliteFailure)failure.Cause, failure.Command?.Unit.Script);
        return Task.FromResult(failure.Command is { Statement: { } statement, Purpose: CommandPurpose.Statement or CommandPurpose.Commit }
            ? SqliteErrors.ForStatement(cause, config, script!, statement, consequence)
            : SqliteErrors.ForOwn(cause, config, script is null ? failure.Action : $"recording {script}", script?.Location ?? default, consequence));
    }

    public override Task<MigrationException> ReportRunLockAsync() => Task.FromResult(SqliteErrors.Busy(config));

    private void Send(Command command, ICommandProgress progress, CancellationToken cancellation)
    {
        switch (command)
        {
            case { ReadsHistory: true }:
                progress.Done(command, sessions.Current.Query(command.Text, cancellation));
                break;
            case { Purpose: CommandPurpose.Check }:
                ForeignKeyCheck.Run(sessions.Current, command.Unit.Script, language.FailureOf(command.Unit), language.Undo, cancellation);
                progress.Done(command);
                break;
            case { Purpose: CommandPurpose.Statement }:
                sessions.Current.ExecuteForeign(command.Text, cancellation);
                progress.Done(command);
                break;
            default:
                sessions.Current.Execute(command.Text, cancellation, [.. command.Values]);
                progress.Done(command, sessions.Current.Changes);
                break;
        }
    }

    /// <summary>A script's time in the session.</summary>
    private sealed class Opened : IAsyncDisposable
    {
        private readonly SqliteSessions _sessions;
        private readonly RunLockFile? _lock;

        public Opened(SqliteSessions sessions, SqliteConfig config, ScriptUnit? unit, CancellationToken cancellation)
        {
            _sessions = sessions;
            if (unit is { IsTransactional: true })
            {
                // With foreign keys enforced, rebuilding a table would delete the rows that refer to it: they are checked at the end.
                sessions.Current.EnforceForeignKeys(false);
            }
            else if (unit is not null)
            {
                _lock = RunLockFile.Take(config.FilePath, config, cancellation);
            }
        }

        public ValueTask DisposeAsync()
        {
            _sessions.Current.Rollback();
            _sessions.Current.EnforceForeignKeys(_sessions.Current.EnforcedForeignKeys);
            _lock?.Dispose();
            _sessions.Renew();
            return ValueTask.CompletedTask;
        }
    }
}
