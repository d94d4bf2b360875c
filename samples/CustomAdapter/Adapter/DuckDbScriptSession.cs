using DuckDB.NET.Data;
using DuckDB.NET.Native;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace DuckDbSample;

/// <summary>Runs what the engine asks for. Everything here blocks: the adapter runs it on a thread of its own.</summary>
public sealed class DuckDbScriptSession(DuckDbConfig config, CommandLanguage language, IRunObserver observer, DuckDbAdapter adapter) : ScriptSession(config, observer)
{
    // Whether the session may not be as it was: the next script needs another one.
    private bool _isUsed;

    public override CommandLanguage Language => language;

    public override bool MayLoseConnection => false;

    public override Task<IAsyncDisposable> OpenAsync(ScriptUnit unit, CancellationToken cancellation) => OpenHistoryAsync(cancellation);

    public override Task<IAsyncDisposable> OpenHistoryAsync(CancellationToken cancellation) => Task.FromResult<IAsyncDisposable>(new Opened(this, adapter, adapter.Lock(cancellation)));

    public override Task SendAsync(IEnumerable<Command> commands, ICommandProgress progress, CancellationToken cancellation) => base.SendAsync(commands.Select(Heed), progress, cancellation);

    public override Task<int> ExecuteAsync(SqlText statement, CancellationToken cancellation) =>
        Task.FromResult(adapter.Session(cancellation).Execute(statement.Text, cancellation, [.. statement.Values]));

    public override Task<SqlRows> QueryAsync(SqlText query, CancellationToken cancellation) =>
        Task.FromResult(adapter.Session(cancellation).Query(query.Text, cancellation, [.. query.Values]));

    public override Task<string> RollBackAsync(ScriptUnit? unit, string consequence)
    {
        _isUsed = true;
        adapter.Session(default).Rollback();
        return Task.FromResult(consequence);
    }

    public override DatabaseFailure? Judge(Exception exception, Command? command)
    {
        var script = command?.Unit.Script;
        SourceLocation At(int offset) => command?.Statement is { } statement ? script!.Locate(statement.LocationOfByte(script.Location.File, offset)) : script?.Location ?? default;
        return exception switch
        {
            DuckDBException refusal when DuckDbFailure.Of(refusal) is var failure => new(KindOf(refusal, command), refusal, command, failure.Problem, At(failure.Offset)),
            TimeoutException => new(FailureKind.Refused, exception, command, "It took too long.", At(-1)),
            _ => null,
        };
    }

    public override Task<MigrationException> ReportAsync(DatabaseFailure failure, string consequence) => Task.FromResult(failure switch
    {
        { Cause: TimeoutException } => AdapterErrors.CommandTimeout(failure.Location, config, consequence, failure.Cause),
        // Some constraints are looked at only at the commit.
        { Command.Purpose: CommandPurpose.Statement or CommandPurpose.Commit } => AdapterErrors.StatementFailed(failure.Location, failure.Problem, consequence, failure.Cause),
        _ => AdapterErrors.Refused(config, failure.Command is { } command ? $"recording {command.Unit}" : failure.Action, failure.Problem, failure.Cause),
    });

    private Command Heed(Command command)
    {
        _isUsed |= command.Statement is { SessionEffect: not SessionEffect.None };
        return command;
    }

    private static FailureKind KindOf(DuckDBException refusal, Command? command) => (command?.Purpose, refusal.ErrorType) switch
    {
        (null or CommandPurpose.Claim, DuckDBErrorType.Constraint) => FailureKind.ClaimConflict,
        (CommandPurpose.Entry or CommandPurpose.Record, DuckDBErrorType.Catalog) => FailureKind.NoHistory,
        _ => FailureKind.Refused,
    };

    /// <summary>A script's time in the session. Settings, temporary tables and attached databases go with the session that it ran in.</summary>
    private sealed class Opened(DuckDbScriptSession session, DuckDbAdapter adapter, RunLockFile? held) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await (session._isUsed ? adapter.DisconnectAsync() : Task.CompletedTask);
            session._isUsed = false;
            held?.Dispose();
        }
    }
}
