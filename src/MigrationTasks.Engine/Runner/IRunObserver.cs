using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Runner;

/// <summary>
/// Watches a run as it happens. Members are called one at a time for one run, but on any thread; each has a body that does
/// nothing, so that an observer implements only what it wants to see.
/// </summary>
public interface IRunObserver
{
    /// <summary>The database answers.</summary>
    /// <param name="target">The database, without secrets.</param>
    void Connected(string target) { }

    /// <summary>It is known what will run.</summary>
    /// <param name="plan">The plan; made anew when another runner was faster.</param>
    void Planned(MigrationPlan plan) { }

    /// <summary>A migration starts.</summary>
    /// <param name="migration">The migration.</param>
    void Started(Migration migration) { }

    /// <summary>A migration has been running for some more seconds.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="elapsed">For how long it has been running.</param>
    void StillRunning(Migration migration, TimeSpan elapsed) { }

    /// <summary>A migration is applied and committed.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="duration">How long it took.</param>
    void Applied(Migration migration, TimeSpan duration) { }

    /// <summary>A migration that was applied is not any more: the server crashed before the commit was on its disk.</summary>
    /// <param name="migration">The migration; the next run applies it again.</param>
    void Lost(Migration migration) { }

    /// <summary>The server said something that is neither an error nor a warning.</summary>
    /// <param name="migration">The migration that made it speak, or <see langword="null"/>.</param>
    /// <param name="text">What it said.</param>
    void Noticed(Migration? migration, string text) { }

    /// <summary>Something is odd, but the run goes on.</summary>
    /// <param name="warning">What is odd, and where.</param>
    void Warned(Diagnostic warning) { }
}
