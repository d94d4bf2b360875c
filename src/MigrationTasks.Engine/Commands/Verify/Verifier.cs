using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Execution.Shadow;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Commands.Verify;

/// <summary>
/// Tries all migrations of a folder, and their rollbacks, on a shadow database, and compares what they make with the lock file and with
/// the real database; changes neither.
/// </summary>
internal sealed class Verifier(ShadowContext context)
{
    // A database that somebody else made has everything in it that is not ours.
    private const int MostDrift = 50;

    /// <summary>Verifies. What is wrong is in the report.</summary>
    public async Task<VerifyReport> RunAsync(CancellationToken cancellation)
    {
        var recorder = new RunRecorder(new QuietObserver(context.Server.Observer), context.Server.Time);
        await using var disposal = recorder.ConfigureAwait(false);
        var report = context.Start<VerifyReport>();
        List<Diagnostic> found = [];
        return await context.Server.RunAsync(
            async () =>
            {
                var files = context.Server.ReadFolder(cancellation);
                found.AddRange(files.Warnings);
                try
                {
                    await context.ReplayAsync(files, recorder, async (_, replayed) =>
                    {
                        Gather();
                        report = report with { New = replayed.New };
                        report = report with { LockFile = CompareLock(replayed.Schema, found) };
                        report = report with { Drift = await CompareRealAsync(files, replayed, found, cancellation).ConfigureAwait(false) };
                        return true;
                    }, cancellation).ConfigureAwait(false);
                    return Told(report, found);
                }
                catch (MigrationException failure)
                {
                    // What is wrong with those before it is no less wrong.
                    Gather();
                    throw new MigrationException([.. Told(report, found).Errors, .. failure.Diagnostics]);
                }
            },
            () => Told(report, found),
            () => Errors.Cancelled(recorder.Running?.Location ?? default, next: "The real database was not changed."),
            cancellation).ConfigureAwait(false);

        void Gather()
        {
            if (report.Verified == 0)
            {
                report = report with { Verified = context.Proofs.Count };
                found.AddRange([.. recorder.Warnings, .. context.Proofs.SelectMany(proof => proof.Findings)]);
            }
        }
    }

    /// <summary>Removes the shadow database.</summary>
    public Task<VerifyReport> DropAsync(CancellationToken cancellation) => context.Server.RunAsync<VerifyReport>(
        async report =>
        {
            var shadow = await context.OpenAsync(cancellation).ConfigureAwait(false);
            await using var closing = shadow.ConfigureAwait(false);
            await shadow.DropAsync(cancellation).ConfigureAwait(false);
            return context.Named(report) with { IsDropped = true };
        },
        cancellation);

    private static VerifyReport Told(VerifyReport report, List<Diagnostic> found) => report with
    {
        Warnings = [.. found.Where(problem => problem.Severity == DiagnosticSeverity.Warning)],
        Errors = [.. found.Where(problem => problem.Severity == DiagnosticSeverity.Error)],
    };

    private SchemaCheck CompareLock(SchemaSnapshot schema, List<Diagnostic> found)
    {
        if (!File.Exists(context.LockFile))
        {
            return SchemaCheck.None;
        }

        using var text = new StreamReader(context.LockFile);
        var locked = SchemaLock.Read(context.LockFile, text);
        if (locked.Database != schema.Database)
        {
            found.Add(Errors.NotCompared(new SourceLocation(context.LockFile), "The lock file", $"it was written with {locked.Database}, and the shadow database is {schema.Database}, which writes the same schema in other words: use the same version, or write the file anew with -t:MigrateSchema"));
            return SchemaCheck.NotCompared;
        }

        if (SchemaDifference.Tell(locked.DifferencesTo(schema)) is not { } differences)
        {
            return SchemaCheck.Same;
        }

        found.Add(Errors.SchemaLockStale(context.LockFile, differences));
        return SchemaCheck.Different;
    }

    private async Task<SchemaCheck> CompareRealAsync(MigrationFolder files, ReplayedMigrations replayed, List<Diagnostic> found, CancellationToken cancellation)
    {
        if (context.Real is not { Adapter: ISchemaReader reader } real)
        {
            return SchemaCheck.None;
        }

        var place = new SourceLocation(files.Path);
        try
        {
            await real.ReachAsync(cancellation).ConfigureAwait(false);
            var history = await real.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
            if (history.State == HistoryTableState.Absent)
            {
                return SchemaCheck.None;
            }

            var plan = MigrationPlan.Create(files, history, new PlanOptions(OutOfOrderPolicy.Allow));
            if (ExpectedAt(plan, replayed, out var reason) is not { } expected)
            {
                found.Add(Errors.NotCompared(place, $"{real.Adapter.Config.Target}", reason));
                return SchemaCheck.NotCompared;
            }

            var actual = await reader.ReadSchemaAsync(cancellation).ConfigureAwait(false);
            if (actual.Database != expected.Database)
            {
                found.Add(Errors.NotCompared(place, real.Adapter.Config.Target, $"it is {actual.Database}, and the shadow database is {expected.Database}, which writes the same schema in other words: set -p:MigrateShadowVariable to the name of a variable with a connection to a server of the same version"));
                return SchemaCheck.NotCompared;
            }

            return Tell(expected.DifferencesTo(actual), real.Adapter.Config.Target, place, found);
        }
        finally
        {
            await real.Adapter.DisconnectAsync().ConfigureAwait(false);
        }
    }

    private static SchemaCheck Tell(IReadOnlyList<SchemaDifference> differences, string target, SourceLocation place, List<Diagnostic> found)
    {
        var drift = differences.Where(difference => difference.Change != SchemaChange.Reordered).ToList();
        found.AddRange(drift.Take(MostDrift).Select(difference => Errors.Drift(target, place, $"{PlainText.Of(difference.ToString())}.")));
        if (drift.Count > MostDrift)
        {
            found.Add(Errors.Drift(target, place, $"{drift.Count - MostDrift} more differences."));
        }

        return drift.Count == 0 ? SchemaCheck.Same : SchemaCheck.Different;
    }

    // What is not applied there is taken back, in thought: what each migration changed is known.
    private static SchemaSnapshot? ExpectedAt(MigrationPlan plan, ReplayedMigrations replayed, out string reason)
    {
        reason = "";
        var odd = plan.Entries.FirstOrDefault(entry => entry.State is MigrationState.Edited or MigrationState.Missing or MigrationState.Renamed or MigrationState.Running or MigrationState.Failed or MigrationState.PartlyUndone);
        if (odd is not null)
        {
            reason = $"its history and the files do not agree about {PlainText.Of(odd.Name)}: -t:MigrateStatus says more";
            return null;
        }

        if (plan.Entries.FirstOrDefault(entry => entry.State == MigrationState.Changed) is { } changed)
        {
            reason = $"{PlainText.Of(changed.Name)} was changed since it was applied there";
            return null;
        }

        var pending = plan.Entries.Where(entry => entry.IsPending).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var unverified = plan.Entries.FirstOrDefault(entry => entry.IsApplied && !Migration.IsHistoryScript(entry.Name) && replayed.Proofs.All(proof => proof.Name != entry.Name));
        if (unverified is { Migration.IsEmpty: false })
        {
            reason = $"{PlainText.Of(unverified.Name)}, which is applied there, was not verified";
            return null;
        }

        var schema = replayed.Schema;
        foreach (var proof in replayed.Proofs.Reverse().Where(proof => pending.Contains(proof.Name)))
        {
            schema = schema.TakeBack(proof.Changes)!;
            if (schema is null)
            {
                reason = $"{PlainText.Of(proof.Name)}, which is not applied there, changes the same as a later migration that is";
                return null;
            }
        }

        return schema;
    }
}
