using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>The statements of a script outside a transaction, one after the other, each in the way that leaves the least to doubt.</summary>
internal sealed class SequentialStatements
{
    private readonly WorkSession _session;
    private readonly StatementFrame _frame;
    private readonly MigrationScript _script;
    private readonly Func<int, string, HistoryCommand> _entryOf;
    private readonly IndexLeftovers _leftovers;
    private readonly InterruptedStatement _interrupted;
    private readonly StatementAttempts _attempts;
    private readonly OwnTransaction _transaction = new();
    private int _number;
    private string _checksum = "";

    /// <param name="session">The session.</param>
    /// <param name="frame">How a statement is run.</param>
    /// <param name="script">The script.</param>
    /// <param name="entryOf">The entry which says that so many statements stand; the checksum is that of their tokens.</param>
    /// <param name="standing">Says what stands after so many statements.</param>
    public SequentialStatements(WorkSession session, StatementFrame frame, MigrationScript script, Func<int, string, HistoryCommand> entryOf, Func<int, string> standing)
    {
        (_session, _frame, _script, _entryOf) = (session, frame, script, entryOf);
        _leftovers = new IndexLeftovers(session, frame, script);
        _interrupted = new InterruptedStatement(session, script, _leftovers);
        _attempts = new StatementAttempts(session, frame, _leftovers, script, () => standing(Done));
    }

    /// <summary>How many statements stand for certain.</summary>
    public int Done { get; private set; }

    /// <summary>Whether the statement behind those may stand too.</summary>
    public bool IsUncertain { get; private set; }

    /// <param name="resume">Where to go on, when an earlier run began the script.</param>
    /// <param name="cancellation">Stops the running statement on the server.</param>
    /// <exception cref="MigrationException">MIG4005 and others for a statement that failed; MIG3011 for one that cannot be judged.</exception>
    public async Task RunAsync(ResumePoint? resume, CancellationToken cancellation)
    {
        var start = resume?.StatementsDone ?? 0;
        Done = start;
        IsUncertain = resume is { IsInterrupted: true };
        foreach (var setting in resume?.Settings ?? [])
        {
            _frame.Heed(setting);
            await _attempts.GuardAsync(setting, () => _frame.ExecuteAsync(setting, cancellation)).ConfigureAwait(false);
        }

        foreach (var (statement, checksum) in _script.ReadWithChecksums())
        {
            _number++;
            if (_number > start)
            {
                _checksum = checksum;
                _session.Retries.Next();
                await _attempts.GuardAsync(statement, () => resume is not null && _number == start + 1 ? GoOnAsync(resume, statement, cancellation) : RunAsync(statement, cancellation)).ConfigureAwait(false);
                _frame.Heed(statement);
            }

            _transaction.Pass(statement);
        }

        if (resume is { Next: null })
        {
            _session.Progress.Resumed(_script, _number + 1, "all of its statements were applied, but no run recorded that.");
        }
    }

    // An earlier run may have left something of this statement, or all of it.
    private async Task GoOnAsync(ResumePoint resume, ScriptStatement statement, CancellationToken cancellation)
    {
        var isAlone = !statement.CanShareTransaction && !_transaction.IsOpenedBy(statement);
        if (IsUncertain && isAlone && await _interrupted.FindResultAsync(statement, _number, _checksum, resume.IsSameFile, cancellation).ConfigureAwait(false) is { Length: > 0 } result)
        {
            _session.Progress.Resumed(_script, _number + 1, $"{statement.Summary} in line {statement.Line} was interrupted, but {result}.");
            await EnterAsync(statement, cancellation).ConfigureAwait(false);
            IsUncertain = false;
            return;
        }

        _session.Progress.Resumed(_script, _number, $"an earlier attempt did not get past line {statement.Line}.");
        if (isAlone)
        {
            IsUncertain = false;
            await _leftovers.ClearAsync(statement, cancellation).ConfigureAwait(false);
        }

        await RunAsync(statement, cancellation).ConfigureAwait(false);
        IsUncertain = false;
    }

    private async Task RunAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        if (_transaction.IsCommittedBy(statement))
        {
            await _frame.CommitAsync(statement, _entryOf(_number, _checksum), cancellation).ConfigureAwait(false);
            Done = _number;
        }
        else if (_transaction.IsOpen || _transaction.IsOpenedBy(statement))
        {
            // Right after BEGIN nothing else may run: SET TRANSACTION must come first.
            await _frame.ExecuteAsync(statement, cancellation).ConfigureAwait(false);
            if (_transaction.IsEndedBy(statement))
            {
                await EnterAsync(statement, cancellation).ConfigureAwait(false);
            }
        }
        else if (statement.CanShareTransaction && await _attempts.TryTogetherAsync(statement, _entryOf(_number, _checksum), cancellation).ConfigureAwait(false))
        {
            Done = _number;
        }
        else if (IsUncertain)
        {
            throw _interrupted.Uncertain(statement, _number, _checksum);
        }
        else
        {
            await _attempts.RunAloneAsync(statement, cancellation).ConfigureAwait(false);
            await EnterAsync(statement, cancellation).ConfigureAwait(false);
        }
    }

    private async Task EnterAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        // Until its entry is made, only the database can tell that it stands.
        IsUncertain = true;
        await _frame.EnterAsync(statement, _entryOf(_number, _checksum), cancellation).ConfigureAwait(false);
        IsUncertain = false;
        Done = _number;
    }
}
