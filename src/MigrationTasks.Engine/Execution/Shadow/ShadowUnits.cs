using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution.Shadow;

/// <summary>Makes what is run on a shadow of scripts: without the statements by which others would be harmed.</summary>
/// <param name="server">Knows them.</param>
/// <param name="isOwnServer">Whether the real database is on the same server.</param>
internal sealed class ShadowUnits(IShadowServer server, bool isOwnServer)
{
    /// <summary>A migration, to be applied.</summary>
    public ScriptUnit Of(Migration migration) => Of(new MigrationStep(migration));

    /// <summary>A step, to be done.</summary>
    public ScriptUnit Of(MigrationStep step) => new(step) { LeavesOut = IsLeftOut };

    /// <summary>A rollback, to be done.</summary>
    public ScriptUnit Of(RollbackScript rollback) => new(rollback) { LeavesOut = IsLeftOut };

    /// <summary>What of a script cannot be tried.</summary>
    /// <param name="script">The script.</param>
    /// <param name="leftOut">Gets a warning for each statement that is left out.</param>
    /// <returns>Where the script cannot be tried at all, and why; <see langword="null"/> when it can.</returns>
    public (SourceLocation Place, string Reason)? Check(MigrationScript script, ICollection<Diagnostic> leftOut)
    {
        foreach (var statement in script.ReadStatements())
        {
            var verdict = server.Judge(statement, isOwnServer);
            var place = script.Locate(statement.LocationOf(script.Location.File, 1));
            if (verdict.Kind == ShadowVerdictKind.IsRefused || (verdict.Kind == ShadowVerdictKind.IsLeftOut && !script.IsTransactional))
            {
                return (place, verdict.Reason);
            }

            if (verdict.Kind == ShadowVerdictKind.IsLeftOut)
            {
                leftOut.Add(Errors.LeftOutOnShadow(place, statement.Summary, verdict.Reason));
            }
        }

        return null;
    }

    /// <summary>As <see cref="IShadowServer.Lacks"/>.</summary>
    public string? Lacks(MigrationException failure) => server.Lacks(failure);

    private bool IsLeftOut(ScriptStatement statement) => server.Judge(statement, isOwnServer).Kind == ShadowVerdictKind.IsLeftOut;
}
