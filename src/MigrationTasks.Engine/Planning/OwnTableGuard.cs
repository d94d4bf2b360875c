using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Engine.Planning;

/// <summary>
/// Finds what scripts would do to the history before any of them runs. Only afterwards would the database say it, where it can take
/// such a thing back; where it cannot, nobody would know any more what is applied.
/// </summary>
/// <param name="tables">The tables to guard.</param>
/// <param name="mayExist">Whether there may be a history already.</param>
internal sealed class OwnTableGuard(OwnTableSet tables, bool mayExist)
{
    private sealed record Found(SourceLocation Place, string Statement, OwnTableHit Hit);

    /// <summary>Reads a script's statements on their way to whoever needs them too.</summary>
    /// <param name="script">The script; the one that creates the history runs only where there is none.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="problems">Gets what is found, one problem a script, when all of them are read.</param>
    public IEnumerable<ScriptStatement> Watch(MigrationScript script, IEnumerable<ScriptStatement> statements, ICollection<Diagnostic> problems) =>
        Migration.IsHistoryScript(script.Name) || script.Language.WatchOwnTables(tables) is not { } watch ? statements : Watch(script, statements, watch, problems);

    private IEnumerable<ScriptStatement> Watch(MigrationScript script, IEnumerable<ScriptStatement> statements, OwnTableWatch watch, ICollection<Diagnostic> problems)
    {
        var found = new List<Found>();
        try
        {
            foreach (var statement in statements)
            {
                if (statement.Kind != StatementKind.Empty && watch.Read(statement) is { } hit)
                {
                    found.Add(new Found(script.Locate(new SourceLocation(script.Location.File, statement.Line, statement.Column)), NameOf(statement), hit));
                }

                yield return statement;
            }
        }
        finally
        {
            // Also when what follows cannot be read: all that is wrong is told at once.
            Tell(found, watch, problems);
        }
    }

    // DROP TABLE IF EXISTS
    private static string NameOf(ScriptStatement statement) => statement.Summary.EndsWith(" IF", StringComparison.Ordinal) ? statement.Summary[..^3] : statement.Summary;

    private void Tell(List<Found> found, OwnTableWatch watch, ICollection<Diagnostic> problems)
    {
        if (found is [var first, .. var others])
        {
            var lines = others.Select(other => other.Place.Line).Distinct().ToList();
            var advice = new OwnTableAdvice(first.Hit, lines, watch, mayExist);
            problems.Add(first.Hit.Threat is OwnTableThreat.Create or OwnTableThreat.Fill
                ? Errors.HistoryBrought(first.Place, first.Statement, advice.Effect, advice.Cure)
                : Errors.HistoryRemoved(first.Place, first.Statement, advice.Effect, advice.Cure));
        }
    }
}
