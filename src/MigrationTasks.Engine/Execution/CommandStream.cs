using System.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution;

/// <summary>What a run does with a migration or a rollback, as commands: made one by one while they are sent, so that a file of any size stays flat in memory.</summary>
/// <param name="language">How it is said.</param>
/// <param name="unit">What is run.</param>
internal sealed class CommandStream(CommandLanguage language, ScriptUnit unit)
{
    private int _again;
    private int _alone;

    /// <summary>What is run.</summary>
    public ScriptUnit Unit => unit;

    /// <summary>The command that was taken last.</summary>
    public Command? Current { get; private set; }

    /// <summary>When the script started: when it was claimed.</summary>
    public long StartedAt { get; set; } = Stopwatch.GetTimestamp();

    /// <summary>Whether the work is this run's.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether it is known where it continues, when an earlier run began it.</summary>
    public bool IsContinued { get; set; }

    /// <summary>How many statements were applied for certain, of a script outside a transaction.</summary>
    public int Done { get; set; } = unit.Resume?.StatementsDone ?? 0;

    /// <summary>Whether the statement after those may have been applied too.</summary>
    public bool IsUncertain { get; set; } = unit.Resume is { IsInterrupted: true };

    /// <summary>The last statement that was applied, when its entry is not made.</summary>
    public Mark? Unentered { get; set; }

    private bool _isPrepared;

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(StartedAt);

    /// <summary>All of a script in a transaction.</summary>
    public IEnumerable<Command> InTransaction() => Watched(
    [
        .. Frame(FramePart.Begin), .. Claim(language.ClaimStatus),
    ], Statements(), () =>
    [
        .. Frame(FramePart.Check), .. Record(), .. Frame(FramePart.Commit),
    ]);

    /// <summary>Claims a script outside a transaction.</summary>
    public IEnumerable<Command> ClaimOutside() => Watched(Step([.. Frame(FramePart.BeginClaim), .. Claim(HistoryStatus.Running), .. Frame(FramePart.EndClaim)]), [], () => []);

    /// <summary>What the statements that were applied have set of their session, again in another one.</summary>
    public IEnumerable<Command> Settings(IReadOnlyList<ScriptStatement> settings) => Watched(
        [.. Prepare(), .. settings.Select(setting => Statement(setting) with { EndsStep = true })], [], () => []);

    /// <summary>The statements outside a transaction that are not applied yet, each with its entry, and the record at the end.</summary>
    public IEnumerable<Command> Outside() => Watched(
        [.. Prepare(), .. Unentered is { } missing ? Step(EntryAlone(missing)) : []],
        StatementsOutside(),
        () => Step([.. Frame(FramePart.BeginRecord), .. Record(), .. Frame(FramePart.EndRecord)]));

    /// <summary>What is written down of a script outside a transaction that stopped.</summary>
    public IEnumerable<Command> Failure()
    {
        IEnumerable<Command> records =
        [
            .. Unentered is { } missing ? [EntryOf(missing)] : Array.Empty<Command>(),
            .. IsUncertain ? Array.Empty<Command>() : [Of(CommandPurpose.Record, FailureOf())],
        ];
        return Watched(Step([.. Frame(FramePart.BeginFailure), .. records, .. Frame(FramePart.EndRecord)]), [], () => []);
    }

    /// <summary>A statement is tried again.</summary>
    public void Repeat() => _again = Done + 1;

    /// <summary>A statement turned out to be one that no transaction can hold.</summary>
    public void RunAlone() => _alone = Done + 1;

    /// <summary>A command is done.</summary>
    public void Pass(Command command)
    {
        _isPrepared |= command.IsPreparation;
        if (command.Mark is { } mark)
        {
            Done = mark.Number;
            Unentered = mark.IsEntered ? null : mark;
            IsUncertain = false;
        }
    }

    private IEnumerable<Command> Watched(IEnumerable<Command> first, IEnumerable<Command> statements, Func<IEnumerable<Command>> last)
    {
        foreach (var command in first)
        {
            yield return Current = command;
        }

        foreach (var command in statements)
        {
            yield return Current = command;
        }

        foreach (var command in last())
        {
            yield return Current = command;
        }
    }

    private IEnumerable<Command> Statements()
    {
        foreach (var command in Frame(FramePart.Prepare))
        {
            yield return command;
        }

        foreach (var statement in unit.Script.ReadStatements())
        {
            if (!unit.LeavesOut(statement))
            {
                yield return Statement(statement);
            }
        }
    }

    private IEnumerable<Command> StatementsOutside()
    {
        var (start, number, before) = (Done, 0, "");
        var journal = language.CreateJournal();
        foreach (var (statement, checksum) in unit.Script.ReadWithChecksums())
        {
            number++;
            if (number > start)
            {
                foreach (var command in Step(WithEntry(journal, statement, new Mark(number, checksum, true), new Mark(number - 1, before, true))))
                {
                    yield return command;
                }
            }

            before = checksum;
            journal.Pass(statement);
        }
    }

    private List<Command> WithEntry(Journal journal, ScriptStatement statement, Mark mark, Mark before)
    {
        var place = journal.PlaceOf(statement);
        if (place == EntryPlace.Together && mark.Number == _alone)
        {
            place = EntryPlace.Behind;
        }

        var alone = place == EntryPlace.Behind && (mark.Number == _alone || journal.IsAlone(statement));
        var command = Statement(statement) with { Place = place, IsAlone = alone, IsAgain = mark.Number == _again };
        var unentered = mark with { IsEntered = false };
        return place switch
        {
            EntryPlace.Together => Marked(mark, [.. Frame(FramePart.BeginStatement, statement), command, .. Frame(FramePart.PrepareEntry, statement), EntryOf(mark, statement), .. Frame(FramePart.EndStatement, statement)]),
            EntryPlace.Ahead => [.. Frame(FramePart.PrepareEntry, statement), EntryOf(mark, statement), command with { Mark = mark }],
            EntryPlace.BehindBoth => [.. Frame(FramePart.PrepareEntry, statement), EntryOf(before, statement), command with { Mark = unentered }, .. Behind()],
            EntryPlace.Behind => [command with { Mark = unentered }, .. Behind()],
            EntryPlace.AtUnlock => [command with { Mark = unentered }],
            _ => [command],
        };

        List<Command> Behind() => EntryAlone(mark, statement, journal.MustCommitEntry(statement));
    }

    private List<Command> EntryAlone(Mark mark, ScriptStatement? statement = null, bool mustCommit = false) => Marked(
        mark with { IsEntered = true },
        [.. Frame(FramePart.BeginEntry, statement), EntryOf(mark, statement), .. Frame(FramePart.EndEntry, statement), .. mustCommit ? Frame(FramePart.CommitEntry, statement) : []]);

    private static List<Command> Marked(Mark mark, List<Command> commands)
    {
        commands[^1] = commands[^1] with { Mark = mark };
        return commands;
    }

    private static List<Command> Step(List<Command> commands)
    {
        if (commands.Count > 0)
        {
            commands[^1] = commands[^1] with { EndsStep = true };
        }

        return commands;
    }

    // Once, ahead of everything: what the script has set since, in this run or in an earlier one, is its own.
    private IEnumerable<Command> Prepare() => _isPrepared ? [] : Frame(FramePart.Prepare).Select(command => command with { IsPreparation = true });

    private IEnumerable<Command> Frame(FramePart part, ScriptStatement? statement = null) =>
        language.Frame(unit, part).Select(command => Of(command) with { Statement = statement });

    private Command Statement(ScriptStatement statement) => new(unit, CommandPurpose.Statement, statement.Text) { Statement = statement };

    private Command Of(FrameCommand command) => new(unit, command.Purpose, command.Text, command.Values);

    private Command Of(CommandPurpose purpose, SqlText text) => new(unit, purpose, text.Text, text.Values);

    private IEnumerable<Command> Claim(HistoryStatus status)
    {
        if (unit.Rollback is not { } rollback)
        {
            return [Of(CommandPurpose.Claim, ClaimOf(unit.Step!, status)) with { DemandsRow = unit.HasRow }];
        }

        return language.ClaimNewest(rollback) is { } claim
            ? [Of(CommandPurpose.Claim, claim) with { DemandsRow = true }]
            :
            [
                new Command(unit, CommandPurpose.Claim, language.SelectForClaim) { ReadsHistory = true },
                Of(CommandPurpose.Claim, status == HistoryStatus.Applied ? language.History.Remove(unit.RowName) : language.History.Mark(unit.RowName, HistoryStatus.Undoing, 0)) with { DemandsRow = true },
            ];
    }

    private SqlText ClaimOf(MigrationStep step, HistoryStatus status) => step switch
    {
        { Resume: { } resume } => language.History.Resume(step.Migration, resume.Row),
        { Before: { } before } => language.History.Reclaim(step.Migration, status, before),
        _ => language.History.Claim(step.Migration, status),
    };

    private Command EntryOf(Mark mark, ScriptStatement? statement = null)
    {
        var entry = unit.Rollback is null
            ? language.History.Advance(unit.RowName, mark.Number, mark.Checksum)
            : language.History.Mark(unit.RowName, HistoryStatus.Undoing, mark.Number);
        return Of(CommandPurpose.Entry, entry) with { Statement = statement };
    }

    private IEnumerable<Command> Record() => language.Record(unit, RecordOf()).Select(Of);

    // A rollback in a transaction has removed its row at the beginning where nothing but its end can end that; it may have removed the table too.
    private SqlText RecordOf()
    {
        var isClaimed = unit.IsTransactional && language.ClaimStatus == HistoryStatus.Applied;
        return (unit.Step, isClaimed) switch
        {
            (null, true) => new SqlText(language.History.Touch),
            (null, false) => language.History.Remove(unit.RowName),
            (_, true) => language.History.Complete(unit.RowName, Elapsed),
            ({ Migration: var migration }, false) => language.History.Complete(unit.RowName, migration, Elapsed),
        };
    }

    private SqlText FailureOf() => unit.Rollback switch
    {
        null => language.History.Fail(unit.RowName, Elapsed),
        _ when Done > 0 => language.History.Mark(unit.RowName, HistoryStatus.UndoFailed, Done),
        // Before the first statement, the migration is what it was.
        { Row: var row } => language.History.Mark(unit.RowName, row.Status, row.StatementsDone),
    };
}
