using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Databases;

/// <summary>
/// Watches a run as it happens. Members are called one at a time for one database, but on any thread, and for several databases
/// at the same time; each has a body that does nothing, so that an observer implements only what it wants to see.
/// </summary>
public interface IRunObserver
{
    /// <summary>The observer of one database of several; this one, when it need not tell them apart.</summary>
    /// <param name="database">What tells it from the others: the name of its adapter, or its folder.</param>
    IRunObserver ForDatabase(string database) => this;

    /// <summary>The database answers.</summary>
    /// <param name="target">The database, without secrets.</param>
    void Connected(string target) { }

    /// <summary>The database is not there yet, and is waited for.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="reason">What its server or the system said: a sentence.</param>
    void WaitingForServer(string target, string reason) { }

    /// <summary>It is known what will run.</summary>
    /// <param name="plan">The plan; made anew when another runner was faster.</param>
    void Planned(MigrationPlan plan) { }

    /// <summary>It is known what will be undone.</summary>
    /// <param name="plan">The plan; made anew when another runner was faster.</param>
    void RollbackPlanned(RollbackPlan plan) { }

    /// <summary>A migration starts, or the rollback of one.</summary>
    /// <param name="script">What starts.</param>
    void Started(MigrationScript script) { }

    /// <summary>A migration that has started goes on where an earlier run stopped.</summary>
    /// <param name="script">The migration.</param>
    /// <param name="statement">The statement at which it goes on, counted from 1.</param>
    /// <param name="reason">Why there: a sentence.</param>
    void Resumed(MigrationScript script, int statement, string reason) { }

    /// <summary>A migration or a rollback has been running for some more seconds.</summary>
    /// <param name="script">What runs.</param>
    /// <param name="elapsed">For how long it has been running.</param>
    void StillRunning(MigrationScript script, TimeSpan elapsed) { }

    /// <summary>A migration or a rollback cannot go on before somebody else is done, or is about to be tried again.</summary>
    /// <param name="script">What cannot go on.</param>
    /// <param name="reason">What it waits for.</param>
    void Waiting(MigrationScript script, string reason) { }

    /// <summary>A migration is applied and committed.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="duration">How long it took.</param>
    void Applied(Migration migration, TimeSpan duration) { }

    /// <summary>A dry run has tried a migration, which would be applied; nothing of it will be left.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="duration">How long it took.</param>
    void Tried(Migration migration, TimeSpan duration) { }

    /// <summary>A migration is undone: its rollback is committed, and its history row is gone.</summary>
    /// <param name="rollback">The rollback.</param>
    /// <param name="duration">How long it took.</param>
    void RolledBack(RollbackScript rollback, TimeSpan duration) { }

    /// <summary>What was committed is not any more: the server crashed before the commit was on its disk.</summary>
    /// <param name="script">The migration that is not applied, or the rollback of one that is applied again.</param>
    void Lost(MigrationScript script) { }

    /// <summary>The server said something that is neither an error nor a warning.</summary>
    /// <param name="script">What made it speak, or <see langword="null"/>.</param>
    /// <param name="text">What it said.</param>
    void Noticed(MigrationScript? script, string text) { }

    /// <summary>Something failed that should not be able to: a defect of the tool or of an adapter.</summary>
    /// <param name="exception">What failed. Its text may quote secrets: it is not to be shown.</param>
    void Crashed(Exception exception) { }

    /// <summary>Something is odd, but the run goes on.</summary>
    /// <param name="warning">What is odd, and where.</param>
    void Warned(Diagnostic warning) { }
}
