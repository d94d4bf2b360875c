using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace DuckDbSample;

/// <summary>Applies a migration.</summary>
public sealed class MigrationRun(DuckDbSession session, DuckDbConfig config, DuckDbHistory history, MigrationStep step, IRunObserver observer)
    : ScriptRun(session, config, history, step.Migration, observer)
{
    private readonly string _name = step.Resume?.Row.Name ?? step.Migration.Name;

    protected override ResumePoint? ResumePoint => step.Resume;

    protected override bool Claim(CancellationToken cancellation) => step.Resume is { } point
        ? History.Resume(Session, point, step.Migration, cancellation)
        : History.Claim(Session, step, step.Migration.IsTransactional ? HistoryStatus.Applied : HistoryStatus.Running, cancellation);

    protected override void RecordProgress(int standing, string checksum) => History.Advance(Session, _name, standing, checksum);

    protected override void RecordFailed(int standing) => History.Mark(Session, _name, HistoryStatus.Failed);

    protected override void RecordDone(TimeSpan duration) => History.Finish(Session, _name, step.Migration, duration);

    protected override void TellDone(TimeSpan duration) => Observer.Applied(step.Migration, duration);

    protected override string Consequence(int standing) => (step.Migration.IsTransactional, standing) switch
    {
        (true, _) => "The migration was rolled back.",
        (_, 0) => "Nothing of the migration was applied. Correct it and run again.",
        (_, 1) => "It runs outside a transaction: its first statement was applied. Correct it and run again: the next run continues after that statement.",
        _ => $"It runs outside a transaction: its first {standing} statements were applied. Correct it and run again: the next run continues after them.",
    };
}
