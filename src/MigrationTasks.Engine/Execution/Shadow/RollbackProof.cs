using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Execution.Shadow;

/// <summary>
/// Proves a rollback on a shadow where its migration was just applied: down, and the schema is as before; up again, and it is as after.
/// Where the database takes changes of the schema back, all of that is one transaction, of which nothing is left.
/// </summary>
/// <param name="adapter">The shadow.</param>
/// <param name="makeUnit">Makes what is run of a script.</param>
/// <param name="recorder">Watches.</param>
internal sealed class RollbackProof(DatabaseAdapter adapter, ShadowUnits makeUnit, RunRecorder recorder)
{
    /// <summary>Whether the shadow is not what it was before: a rollback outside a transaction did not lead back.</summary>
    public bool HasSpoiled { get; private set; }

    /// <summary>Proves it.</summary>
    /// <param name="migration">The migration, which is applied.</param>
    /// <param name="rollback">What undoes it.</param>
    /// <param name="before">The schema before it.</param>
    /// <param name="after">The schema after it.</param>
    /// <param name="cancellation">Stops the running statement.</param>
    /// <returns>What is wrong.</returns>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(Migration migration, RollbackScript rollback, SchemaSnapshot before, SchemaSnapshot after, CancellationToken cancellation)
    {
        if (adapter is IRehearsalStage stage && migration.IsTransactional && rollback.IsTransactional)
        {
            var rehearsal = await stage.RehearseAsync(recorder, cancellation).ConfigureAwait(false);
            await using var end = rehearsal.ConfigureAwait(false);
            return await ProveAsync(migration, rollback, before, after, unit => TryAsync(rehearsal, unit, cancellation), () => rehearsal.ReadSchemaAsync(cancellation)).ConfigureAwait(false);
        }

        var findings = await ProveAsync(
            migration, rollback, before, after, unit => ApplyAsync(unit, cancellation), () => ((ISchemaReader)adapter).ReadSchemaAsync(cancellation)).ConfigureAwait(false);
        HasSpoiled = findings.Count > 0;
        return findings;
    }

    private async Task<IReadOnlyList<Diagnostic>> ProveAsync(
        Migration migration, RollbackScript rollback, SchemaSnapshot before, SchemaSnapshot after, Func<ScriptUnit, Task<string?>> run, Func<Task<SchemaSnapshot>> read)
    {
        try
        {
            if (await run(makeUnit.Of(rollback)).ConfigureAwait(false) is { } reason)
            {
                return [Errors.NotVerified(rollback.Location, $"of its rollback, {reason}", 0)];
            }
        }
        catch (MigrationException failure)
        {
            return [.. failure.Diagnostics.Select(problem => Errors.RollbackFails(migration.Name, problem))];
        }

        var differences = (await read().ConfigureAwait(false)).DifferencesTo(before);
        foreach (var order in differences.Where(difference => difference.Change == SchemaChange.Reordered))
        {
            recorder.Noticed(rollback, $"after the rollback, {order}.");
        }

        if (SchemaDifference.Tell(differences) is { } traces)
        {
            return [Errors.RollbackLeavesTraces(rollback.Location, migration.Name, traces)];
        }

        try
        {
            if (await run(makeUnit.Of(migration)).ConfigureAwait(false) is not null)
            {
                return [];
            }
        }
        catch (MigrationException failure)
        {
            return [.. failure.Diagnostics.Select(problem => Errors.NotRepeatable(rollback.Location, migration.Name, problem.Message))];
        }

        return SchemaDifference.Tell((await read().ConfigureAwait(false)).DifferencesTo(after)) is { } changed ? [Errors.NotRepeatable(rollback.Location, migration.Name, changed)] : [];
    }

    private async Task<string?> TryAsync(IMigrationRehearsal rehearsal, ScriptUnit unit, CancellationToken cancellation)
    {
        try
        {
            return await rehearsal.TryAsync(unit, cancellation).ConfigureAwait(false);
        }
        finally
        {
            recorder.Stopped();
        }
    }

    private async Task<string?> ApplyAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        try
        {
            var outcome = await adapter.RunAsync([unit], createsHistory: false, recorder, cancellation).ConfigureAwait(false);
            return outcome == ApplyOutcome.Completed ? null : "another run was at work on the shadow database";
        }
        finally
        {
            recorder.Stopped();
        }
    }
}
