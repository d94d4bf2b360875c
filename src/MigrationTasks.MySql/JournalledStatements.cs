using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>The statements of a script outside a transaction, each with its entry in the journal.</summary>
/// <param name="session">The session.</param>
/// <param name="script">The script.</param>
/// <param name="entryOf">The entry which says that so many statements stand; the checksum is that of their tokens.</param>
/// <param name="resume">Where to go on, when an earlier run began the script.</param>
internal sealed class JournalledStatements(WorkSession session, MigrationScript script, Func<int, string, string> entryOf, ResumePoint? resume)
{
    // What travels together is as long as this, or one statement.
    private const int LongestPiece = 256 * 1024;

    /// <summary>What a command means once it is done: so many statements stand, with or without an entry that says so.</summary>
    private sealed record Mark(int Number, string Checksum, bool IsEntered);

    private readonly Dictionary<CommandOrigin, Mark> _marks = new(ReferenceEqualityComparer.Instance);
    private readonly InterruptedStatement _interrupted = new(session, script);
    private readonly CommandOrigin _preparation = new(script, CommandPurpose.Record);
    private JournalPlaces _places = new();
    private bool _isBegun;
    private bool _isPrepared;
    private Mark? _unentered;

    /// <summary>How many statements stand for certain.</summary>
    public int Standing { get; private set; } = resume?.StatementsDone ?? 0;

    /// <summary>Whether the statement behind those may stand too.</summary>
    public bool IsUncertain { get; private set; } = resume is { IsInterrupted: true };

    /// <summary>The entry of the last statement that stands, when it is not made.</summary>
    public string? MissingEntry => _unentered is { } mark ? entryOf(mark.Number, mark.Checksum) : null;

    /// <summary>Whether the session is as it was before them.</summary>
    public bool LeaveNothing { get; private set; }

    /// <summary>A batch that statements may travel in.</summary>
    public CommandBatch CreateBatch() => session.CreateBatch(Pass);

    /// <summary>Runs those that do not stand yet, and then what completes the journal.</summary>
    /// <param name="batch">What goes ahead of them.</param>
    /// <param name="completion">Completes the journal.</param>
    /// <param name="cancellation">Stops the running statement on the server.</param>
    /// <exception cref="CommandFailure">The server refused a statement, or its entry.</exception>
    /// <exception cref="MigrationException">MIG3011 when it cannot be told whether a statement of an interrupted run stands.</exception>
    public async Task RunAsync(CommandBatch batch, IEnumerable<string> completion, CancellationToken cancellation)
    {
        if (!_isBegun && resume is not null)
        {
            await GoOnAsync(resume, cancellation).ConfigureAwait(false);
        }

        _isBegun = true;
        var start = Standing;
        _places = new JournalPlaces();
        LeaveNothing = resume is null;
        var (number, before) = (0, "");
        Prepare(batch);
        if (_unentered is { } missing)
        {
            AddEntry(batch, missing);
        }

        foreach (var (statement, checksum) in script.ReadWithChecksums())
        {
            number++;
            if (number > start)
            {
                Add(batch, statement, new Mark(number, checksum, false), new Mark(number - 1, before, true));
                batch = await RunIfLongAsync(batch, cancellation).ConfigureAwait(false);
            }

            before = checksum;
            LeaveNothing &= StatementText.LeavesNothing(statement);
            _places.Pass(statement);
        }

        batch.Add(new CommandOrigin(script, CommandPurpose.Record), completion);
        await RunAsync(batch, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether what failed may be tried again: not when it may have done a part already.</summary>
    public bool CanGoOnAfter(CommandFailure failure) => !IsUncertain && (failure.Origin.Statement is not { } statement || StatementText.IsWhole(statement));

    // An earlier run may have left something of the next statement, or all of it.
    private async Task GoOnAsync(ResumePoint resume, CancellationToken cancellation)
    {
        if (resume.Settings.Count > 0)
        {
            var settings = CreateBatch();
            Prepare(settings);
            foreach (var setting in resume.Settings)
            {
                settings.Add(new CommandOrigin(script, CommandPurpose.Statement, setting), setting);
            }

            await settings.RunAsync(cancellation).ConfigureAwait(false);
        }

        if (resume.Next is not { } next)
        {
            session.Observer.Resumed(script, Standing + 1, "all of its statements were applied, but no run recorded that.");
        }
        else if (IsUncertain && _places.IsAlone(next) && await _interrupted.FindResultAsync(next, Standing + 1, ChecksumOf(Standing + 1), resume.IsSameFile, cancellation).ConfigureAwait(false) is { Length: > 0 } result)
        {
            _unentered = new Mark(Standing + 1, ChecksumOf(Standing + 1), false);
            Standing++;
            session.Observer.Resumed(script, Standing + 1, $"{next.Summary} in line {next.Line} was interrupted, but {result}.");
        }
        else
        {
            session.Observer.Resumed(script, Standing + 1, $"an earlier attempt did not get past line {next.Line}.");
        }

        IsUncertain = false;
    }

    // Once, ahead of everything: what the script has set since, in this run or in an earlier one, is its own.
    private void Prepare(CommandBatch batch)
    {
        if (!_isPrepared)
        {
            batch.Add(_preparation, SessionState.ForStatements(script, session.Config));
        }
    }

    private void Add(CommandBatch batch, ScriptStatement statement, Mark mark, Mark before)
    {
        var place = _places.Of(statement);
        foreach (var command in _places.CommandsFor(statement))
        {
            switch (command)
            {
                case JournalCommand.Begin:
                    batch.Add(new CommandOrigin(script, CommandPurpose.Record), "START TRANSACTION");
                    break;
                case JournalCommand.EntryBefore:
                    batch.Add(new CommandOrigin(script, CommandPurpose.Record), EntryInTransaction(before));
                    break;
                case JournalCommand.Entry:
                    batch.Add(new CommandOrigin(script, CommandPurpose.Record), EntryInTransaction(mark));
                    break;
                case JournalCommand.EntryAlone:
                    AddEntry(batch, mark);
                    break;
                case JournalCommand.Statement:
                    batch.Add(Marked(CommandPurpose.Statement, statement, MarkOf(place, mark)), statement);
                    break;
                case JournalCommand.Commit:
                    batch.Add(Marked(CommandPurpose.Commit, statement, mark with { IsEntered = true }), SessionState.Commit);
                    break;
                case JournalCommand.CommitEntry:
                    batch.Add(new CommandOrigin(script, CommandPurpose.Record), SessionState.Commit);
                    break;
            }
        }
    }

    // In a transaction the statement itself does not stand yet when it is done.
    private static Mark? MarkOf(JournalPlace place, Mark mark) => place switch
    {
        JournalPlace.Together or JournalPlace.AtEnd => null,
        JournalPlace.Ahead => mark with { IsEntered = true },
        _ => mark,
    };

    private CommandOrigin Marked(CommandPurpose purpose, ScriptStatement? statement, Mark? mark)
    {
        var origin = new CommandOrigin(script, purpose, statement);
        if (mark is not null)
        {
            _marks.Add(origin, mark);
        }

        return origin;
    }

    private IEnumerable<string> EntryInTransaction(Mark mark) => [entryOf(mark.Number, mark.Checksum), .. session.Lease.Fence];

    private void AddEntry(CommandBatch batch, Mark mark) =>
        batch.Add(Marked(CommandPurpose.Record, null, mark with { IsEntered = true }), session.Lease.InTransaction(entryOf(mark.Number, mark.Checksum)));

    private void Pass(CommandOrigin origin)
    {
        _isPrepared |= ReferenceEquals(origin, _preparation);
        if (_marks.Remove(origin, out var mark))
        {
            Standing = mark.Number;
            _unentered = mark.IsEntered ? null : mark;
        }
    }

    private async Task<CommandBatch> RunIfLongAsync(CommandBatch batch, CancellationToken cancellation)
    {
        if (batch.Length <= LongestPiece)
        {
            return batch;
        }

        await RunAsync(batch, cancellation).ConfigureAwait(false);
        return CreateBatch();
    }

    private async Task RunAsync(CommandBatch batch, CancellationToken cancellation)
    {
        try
        {
            await batch.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException || exception is CommandFailure { Refusal.ErrorCode: MySqlErrorCode.QueryInterrupted or MySqlErrorCode.CommandTimeoutExpired })
        {
            // It may have come to its end right before it was stopped.
            IsUncertain = batch.Current is { Purpose: CommandPurpose.Statement, Statement: { } statement } && _places.IsAlone(statement);
            throw;
        }
    }

    private string ChecksumOf(int number) => script.ReadWithChecksums().ElementAt(number - 1).Checksum;
}
