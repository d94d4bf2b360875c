using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>
/// Runs a script and changes the history in one transaction. What the server calls transient, such as a document that somebody
/// else is changing, runs again from its beginning.
/// </summary>
/// <param name="run">What there is to work with.</param>
/// <param name="unit">What is run.</param>
internal sealed class TransactedRun(MongoDbRun run, ScriptUnit unit)
{
    private const int NoSuchTransaction = 251;

    // The server ends a transaction after a minute, and only a command that runs just then is told so: the next one finds none.
    private static readonly TimeSpan NearLimit = TimeSpan.FromSeconds(50);

    private long _startedAt;
    private bool _isStarted;
    private ScriptStatement? _current;

    private MigrationScript Script => unit.Script;

    private string Outcome => unit.ConsequenceOf(0);

    /// <summary>Runs the script, unless another run was faster.</summary>
    public async Task<ApplyOutcome> RunAsync(CancellationToken cancellation)
    {
        _startedAt = Stopwatch.GetTimestamp();
        var attempts = new Attempts(run.Config.Settings.StatementLockRetries);
        while (true)
        {
            var begunAt = Stopwatch.GetTimestamp();
            try
            {
                return await TryAsync(cancellation).ConfigureAwait(false);
            }
            catch (MongoCommandException exception) when (exception.Code == NoSuchTransaction && Stopwatch.GetElapsedTime(begunAt) > NearLimit)
            {
                throw Errors.TransactionLimit(Place, MongoDbErrors.Problem(exception), Outcome, exception);
            }
            catch (MongoException exception) when (exception.HasErrorLabel(MongoDbSession.Transient))
            {
                await run.Session.RollBackAsync().ConfigureAwait(false);
                if (!attempts.Fail())
                {
                    throw exception is MongoCommandException
                        ? Errors.StatementLockTimeout(Place, MongoDbErrors.Problem(exception), "", attempts.Summary, Outcome, exception, "Run again when nobody else changes those documents. To try more often, set -p:MigrateStatementLockRetries.")
                        : FailureOf(exception);
                }

                var (pause, next) = attempts.Next();
                run.Observer.Waiting(Script, $"{MongoDbErrors.Problem(exception)} {Outcome} {next}");
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
            {
                throw FailureOf(exception);
            }
            catch (OperationCanceledException) when (run.Lease.Lost.IsCancellationRequested)
            {
                throw run.LockLost(Script.Location, Outcome);
            }
            finally
            {
                await run.Session.RollBackAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ClaimAsync(CancellationToken cancellation) => unit.Rollback is { } rollback
        ? rollback.IsNewestOf(await run.History.ReadAsync(cancellation).ConfigureAwait(false)) && await run.History.RemoveAsync(unit.RowName, null, cancellation).ConfigureAwait(false)
        : await run.History.ClaimAsync(unit.Step!, HistoryStatus.Applied, null, cancellation).ConfigureAwait(false);

    private async Task RecordAsync(TimeSpan duration, CancellationToken cancellation)
    {
        if (unit.Step is not null && !await run.History.FinishAsync(Script.Name, duration, cancellation).ConfigureAwait(false))
        {
            throw Errors.HistoryUnusable(run.Config.History, $"{Script.Name} removes its own row, and nobody would know that it is applied. {Outcome} Take that out of the migration.");
        }
    }

    private async Task<ApplyOutcome> TryAsync(CancellationToken cancellation)
    {
        _current = null;
        run.Session.Begin();
        if (!await ClaimAsync(cancellation).ConfigureAwait(false))
        {
            return ApplyOutcome.Superseded;
        }

        if (!_isStarted)
        {
            run.Observer.Started(Script);
            _isStarted = true;
        }

        foreach (var statement in Script.ReadStatements())
        {
            _current = statement;
            await run.ExecuteAsync(Script, statement, cancellation).ConfigureAwait(false);
        }

        _current = null;
        await RecordAsync(Stopwatch.GetElapsedTime(_startedAt), cancellation).ConfigureAwait(false);
        await run.Session.CommitAsync(cancellation).ConfigureAwait(false);
        run.Observer.Completed(Script, Stopwatch.GetElapsedTime(_startedAt));
        return ApplyOutcome.Completed;
    }

    // The command that runs, or the script where none does.
    private SourceLocation Place => _current is null ? Script.Location : MongoDbRun.PlaceOf(Script, _current);

    private MigrationException FailureOf(Exception exception) => _current is null
        ? MongoDbErrors.ForOwn(exception, run.Config, $"recording {Script.Name}", Place, Outcome)
        : MongoDbErrors.ForCommand(exception, run.Config, Place, Outcome, MongoDbRun.OwnLimitOf(Script, _current));
}
