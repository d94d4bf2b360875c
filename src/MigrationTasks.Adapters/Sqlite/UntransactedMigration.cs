using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Adapters.Sqlite;

/// <summary>Applies a migration with <c>-- Transaction: none</c>; its row says <c>running</c> before the first statement.</summary>
internal sealed class UntransactedMigration(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, MigrationStep step, IRunObserver observer)
    : UntransactedRun<Migration>(session, config, history, step.Migration, observer)
{
    protected override bool Claim(CancellationToken cancellation) => History.Claim(Session, step, "running", cancellation);

    protected override void RecordDone(TimeSpan duration) => History.Finish(Session, Script, duration, default);

    protected override void RecordFailed(int standing) => History.Fail(Session, Script, standing);

    protected override void TellDone(TimeSpan duration) => Observer.Applied(Script, duration);

    protected override string Consequence(int standing) => standing switch
    {
        0 => "Nothing of this migration stands: correct it and run again.",
        1 => "The migration runs outside a transaction: its first statement stands.",
        _ => $"The migration runs outside a transaction: its first {standing} statements stand.",
    };
}
