using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Execution;

/// <summary>Passes on what somebody who waits wants to know, and not what becomes of each migration: for work on a database that is nobody's.</summary>
/// <param name="observer">Is told.</param>
internal sealed class QuietObserver(IRunObserver observer) : IRunObserver
{
    public void WaitingForServer(string target, string reason) => observer.WaitingForServer(target, reason);

    public void StillRunning(MigrationScript script, TimeSpan elapsed) => observer.StillRunning(script, elapsed);

    public void Waiting(MigrationScript script, string reason) => observer.Waiting(script, reason);

    public void Crashed(Exception exception) => observer.Crashed(exception);
}
