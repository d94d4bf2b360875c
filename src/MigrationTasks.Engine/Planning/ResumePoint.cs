using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Planning;

/// <summary>
/// Where a migration outside a transaction goes on that failed or was interrupted in an earlier run: behind the statements that
/// stand, when their text is still what it was. Comments and layout do not count.
/// </summary>
public sealed class ResumePoint
{
    private ResumePoint(HistoryRow row, bool isSameFile, ScriptStatement? next, IReadOnlyList<ScriptStatement> settings)
    {
        Row = row;
        IsSameFile = isSameFile;
        Next = next;
        Settings = settings;
    }

    /// <summary>The history row: what it says must still be so when the migration goes on.</summary>
    public HistoryRow Row { get; }

    /// <summary>How many statements stand.</summary>
    public int StatementsDone => Row.StatementsDone;

    /// <summary>Whether the runner was gone in the middle: whether <see cref="Next"/> was completed is not recorded then.</summary>
    public bool IsInterrupted => Row.Status == HistoryStatus.Running;

    /// <summary>Whether the file is, to the letter, what it was when the run began that was interrupted or failed.</summary>
    public bool IsSameFile { get; }

    /// <summary>The statement to go on with; <see langword="null"/> when all of them stand.</summary>
    public ScriptStatement? Next { get; }

    /// <summary>The statements among those that stand which set something of their session, to be repeated in the new one.</summary>
    public IReadOnlyList<ScriptStatement> Settings { get; }

    /// <summary>Why it continues there: a sentence for the observer of a run.</summary>
    internal string Reason => Next is null ? "all of its statements were applied, but no run recorded that." : $"an earlier attempt did not get past line {Next.Line}.";

    /// <inheritdoc/>
    public override string ToString() => Next is null ? "its end" : $"statement {StatementsDone + 1} (line {Next.Line})";

    /// <summary>Finds the point by reading the file up to it.</summary>
    /// <param name="migration">The migration as its file is now.</param>
    /// <param name="row">Its history row, which says that it failed or runs.</param>
    /// <param name="obstacle">Why there is none: a sentence, with what to do.</param>
    /// <exception cref="MigrationException">As <see cref="MigrationScript.ReadStatements"/>.</exception>
    internal static ResumePoint? Find(Migration migration, HistoryRow row, out string obstacle)
    {
        if (!migration.MayRunOutsideTransaction)
        {
            obstacle = "It ran outside a transaction, and the rest of it would run inside one: put '-- Transaction: none' at its top.";
            return null;
        }

        using var checksum = new TokenChecksum();
        using var statements = checksum.Watch(migration.ReadStatements()).GetEnumerator();
        var transaction = new OwnTransaction();
        var settings = new SessionSettings();
        for (var done = 0; done < row.StatementsDone; done++)
        {
            if (!statements.MoveNext())
            {
                obstacle = "Some of those are not in the file any more: restore them.";
                return null;
            }

            settings.Pass(statements.Current, transaction);
            transaction.Pass(statements.Current);
        }

        obstacle = ObstacleOf(row, row.StatementsDone == 0 || row.TokenChecksum == checksum.SoFar(), settings, transaction) ?? "";
        if (obstacle.Length > 0)
        {
            return null;
        }

        var next = statements.MoveNext() ? statements.Current : null;
        if (next is null && row.StatementsDone == 0)
        {
            obstacle = "It has no statement any more: restore them.";
            return null;
        }

        return new ResumePoint(row, row.Checksum == migration.Checksum, next, settings.Settings);
    }

    private static string? ObstacleOf(HistoryRow row, bool isUnchanged, SessionSettings settings, OwnTransaction transaction) => (row.TokenChecksum, isUnchanged) switch
    {
        (null, false) => "Its row does not say what the text of those was.",
        (_, false) => "The statements that were applied have been changed since: restore them.",
        _ when settings.Lost is { } lost => $"{lost.Summary} in line {lost.Line} made something temporary, which went with its session.",
        _ when transaction.Opening is { } open => $"{open.Summary} in line {open.Line} had opened a transaction, which went with its session.",
        _ => null,
    };
}
