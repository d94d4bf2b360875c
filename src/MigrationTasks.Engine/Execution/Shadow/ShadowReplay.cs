using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Execution.Shadow;

/// <summary>What came of a replay.</summary>
/// <param name="Schema">The schema that the migrations make.</param>
/// <param name="Proofs">What was found out about each, in the order in which they were applied.</param>
/// <param name="New">How many of them were not there before.</param>
internal sealed record ReplayedMigrations(SchemaSnapshot Schema, IReadOnlyList<MigrationProof> Proofs, int New);

/// <summary>
/// Applies all migrations of a folder to its shadow, one after the other, and finds out what each does. What is there already, and was
/// not changed since, is not done again.
/// </summary>
/// <param name="shadow">The shadow.</param>
/// <param name="files">The migrations.</param>
/// <param name="units">Makes what is run of them.</param>
/// <param name="recorder">Watches.</param>
internal sealed class ShadowReplay(ShadowDatabase shadow, MigrationFolder files, ShadowUnits units, RunRecorder recorder)
{
    private static readonly PlanOptions Options = new(OutOfOrderPolicy.Allow);

    private readonly DatabaseAdapter _adapter = shadow.Adapter;
    private readonly List<MigrationProof> _proofs = [];
    private SchemaSnapshot? _schema;

    /// <summary>What was found out so far.</summary>
    public IReadOnlyList<MigrationProof> Proofs => _proofs;

    /// <summary>Brings the shadow forward.</summary>
    /// <exception cref="MigrationException">What a run would fail with, at its place in the file.</exception>
    public async Task<ReplayedMigrations> RunAsync(CancellationToken cancellation)
    {
        var known = await shadow.ReadProofsAsync(cancellation).ConfigureAwait(false);
        var (history, plan) = await PlanAsync(cancellation).ConfigureAwait(false);
        if (IsPrefix(plan, known))
        {
            _proofs.AddRange(known);
            known = [];
        }
        else
        {
            await shadow.ResetAsync(cancellation).ConfigureAwait(false);
            (history, plan) = await PlanAsync(cancellation).ConfigureAwait(false);
        }

        if (plan.Errors.Count > 0)
        {
            throw new MigrationException(plan.Errors);
        }

        plan.CheckScripts(new OwnTableGuard(_adapter.Config.OwnTables, mayExist: history.State != HistoryTableState.Absent), cancellation);
        await EnsureHistoryAsync(history, plan, cancellation).ConfigureAwait(false);
        var isNew = await ApplyAsync(plan.Steps, known, cancellation).ConfigureAwait(false);
        return new ReplayedMigrations(_schema ?? await shadow.ReadSchemaAsync(cancellation).ConfigureAwait(false), _proofs, isNew);
    }

    private async Task<(MigrationHistory History, MigrationPlan Plan)> PlanAsync(CancellationToken cancellation)
    {
        var history = await _adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
        return (history, MigrationPlan.Create(files, history, Options));
    }

    private async Task EnsureHistoryAsync(MigrationHistory history, MigrationPlan plan, CancellationToken cancellation)
    {
        if (!plan.IsEmpty && history.State != HistoryTableState.Complete)
        {
            await _adapter.EnsureHistoryAsync(plan.HistoryScript, recorder, cancellation).ConfigureAwait(false);
        }
    }

    // What is applied is what the files say, in their order, and it is known what came of each; what is new comes after all of that.
    private static bool IsPrefix(MigrationPlan plan, List<MigrationProof> known)
    {
        var applied = plan.Entries.Where(entry => entry.Row is not null && !Migration.IsHistoryScript(entry.Name)).ToList();
        return plan.Errors.Count == 0
            && plan.Count(MigrationState.OutOfOrder) == 0
            && applied.TrueForAll(entry => entry is { State: MigrationState.Applied or MigrationState.Changed, Migration: not null })
            && known.Count == applied.Count
            && applied.TrueForAll(entry => known.Exists(proof => proof.Name == entry.Name && (entry.State == MigrationState.Changed || proof.Checksum == MigrationProof.ChecksumOf(entry.Migration!))));
    }

    private async Task<int> ApplyAsync(IReadOnlyList<MigrationStep> steps, List<MigrationProof> known, CancellationToken cancellation)
    {
        var same = steps.TakeWhile((step, index) => index < known.Count && known[index].Name == step.Migration.Name && known[index].Checksum == MigrationProof.ChecksumOf(step.Migration)).ToList();
        await ApplyKnownAsync(same, known, cancellation).ConfigureAwait(false);
        foreach (var (index, step) in steps.Skip(same.Count).TakeWhile(step => !step.Migration.IsRepeatable).Index())
        {
            if (!await ProveAsync(step, steps.Count - same.Count - index - 1, cancellation).ConfigureAwait(false))
            {
                return steps.Count - same.Count;
            }
        }

        await ProveRepeatableAsync([.. steps.Skip(same.Count).Where(step => step.Migration.IsRepeatable)], cancellation).ConfigureAwait(false);
        return steps.Count - same.Count;
    }

    private async Task ApplyKnownAsync(List<MigrationStep> steps, List<MigrationProof> known, CancellationToken cancellation)
    {
        if (steps.Count == 0)
        {
            return;
        }

        await RunAsync(steps, cancellation).ConfigureAwait(false);
        foreach (var (index, _) in steps.Index())
        {
            await KeepAsync(known[index], cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> ProveAsync(MigrationStep step, int after, CancellationToken cancellation)
    {
        var findings = new List<Diagnostic>();
        var rollback = RollbackScript.Of(HistoryRow.Of(step.Migration, HistoryStatus.Applied, null), step.Migration);
        if ((units.Check(step.Migration, findings) ?? (rollback is null ? null : units.Check(rollback, findings))) is { } refusal)
        {
            recorder.Warned(Errors.NotVerified(refusal.Place, refusal.Reason, after));
            return false;
        }

        var before = _schema ??= await shadow.ReadSchemaAsync(cancellation).ConfigureAwait(false);
        try
        {
            await RunAsync([step], cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception) when (units.Lacks(exception) is { } lacking)
        {
            recorder.Warned(Errors.NotVerified(exception.Diagnostics[0].Location, lacking, after));
            return false;
        }

        _schema = await shadow.ReadSchemaAsync(cancellation).ConfigureAwait(false);
        var rollbacks = new RollbackProof(_adapter, units, recorder);
        if (rollback is { IsEmpty: false } && !step.Migration.IsRepeatable)
        {
            findings.AddRange(await rollbacks.RunAsync(step.Migration, rollback, before, _schema, cancellation).ConfigureAwait(false));
        }

        var proof = new MigrationProof(step.Migration.Name, MigrationProof.ChecksumOf(step.Migration), before.DifferencesTo(_schema), findings);
        if (rollbacks.HasSpoiled)
        {
            await RestoreAsync(step, cancellation).ConfigureAwait(false);
        }

        await KeepAsync(proof, cancellation).ConfigureAwait(false);
        return true;
    }

    // What a rollback has left outside a transaction is nobody's schema: all is applied anew, without proving it again.
    private async Task RestoreAsync(MigrationStep step, CancellationToken cancellation)
    {
        var known = _proofs.ToList();
        _proofs.Clear();
        await shadow.ResetAsync(cancellation).ConfigureAwait(false);
        var (history, plan) = await PlanAsync(cancellation).ConfigureAwait(false);
        await EnsureHistoryAsync(history, plan, cancellation).ConfigureAwait(false);
        var again = plan.Steps.TakeWhile(other => other.Migration.Name != step.Migration.Name).ToList();
        await ApplyKnownAsync(again, known, cancellation).ConfigureAwait(false);
        await RunAsync([step], cancellation).ConfigureAwait(false);
    }

    // One may need another that comes after it by its name.
    private async Task ProveRepeatableAsync(IReadOnlyList<MigrationStep> steps, CancellationToken cancellation)
    {
        while (steps.Count > 0)
        {
            var failed = new List<MigrationStep>();
            var problems = new List<Diagnostic>();
            foreach (var step in steps)
            {
                try
                {
                    if (!await ProveAsync(step, 0, cancellation).ConfigureAwait(false))
                    {
                        return;
                    }
                }
                catch (MigrationException exception) when (exception.Code is "MIG4005" or "MIG4009")
                {
                    failed.Add(step);
                    problems.AddRange(exception.Diagnostics);
                }
            }

            if (failed.Count == steps.Count)
            {
                throw new MigrationException(problems);
            }

            steps = failed;
        }
    }

    private async Task RunAsync(IReadOnlyList<MigrationStep> steps, CancellationToken cancellation)
    {
        try
        {
            var outcome = await _adapter.RunAsync([.. steps.Select(step => units.Of(step))], createsHistory: false, recorder, cancellation).ConfigureAwait(false);
            if (outcome != ApplyOutcome.Completed)
            {
                throw Errors.LockTimeout(_adapter.Config.Target, _adapter.Config.Settings.LockTimeout);
            }
        }
        finally
        {
            recorder.Stopped();
        }
    }

    // A repeatable migration that was applied before has a place already.
    private async Task KeepAsync(MigrationProof proof, CancellationToken cancellation)
    {
        var position = _proofs.FindIndex(other => other.Name == proof.Name);
        if (position < 0)
        {
            position = _proofs.Count;
            _proofs.Add(proof);
        }
        else
        {
            _proofs[position] = proof;
            await shadow.ForgetAsync(position, cancellation).ConfigureAwait(false);
        }

        await shadow.KeepAsync(position, proof, cancellation).ConfigureAwait(false);
    }
}
