using System.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>What is done of the streams that are sent.</summary>
internal sealed class CommandProgress(ScriptSession session, LockRetries retries, IReadOnlyList<CommandStream> streams) : ICommandProgress
{
    private readonly Dictionary<ScriptUnit, CommandStream> _streams = streams.ToDictionary(stream => stream.Unit);

    public Command? Current { get; private set; }

    public IEnumerable<Command> Watch(IEnumerable<Command> setup, Func<CommandStream, IEnumerable<Command>> commands)
    {
        foreach (var command in setup.Concat(streams.SelectMany(commands)))
        {
            yield return Current = command;
        }
    }

    public void Done(Command command, int changed)
    {
        if (command.DemandsRow && changed == 0)
        {
            throw new Superseded(command.Unit, isCertain: command.Unit.Rollback is not null);
        }

        var stream = _streams[command.Unit];
        if (command.Purpose == CommandPurpose.Claim && !stream.IsClaimed)
        {
            stream.IsClaimed = true;
            stream.StartedAt = Stopwatch.GetTimestamp();

            // A server that says by itself what it starts has said so.
            if (session.Progress.Current != command.Unit.Script)
            {
                session.Progress.Start(command.Unit.Script, session.ServerSession);
            }
        }

        stream.Pass(command);
        if (command.Mark is not null)
        {
            retries.Begin(Stopwatch.GetTimestamp());
        }

        // What comes next has not waited for anything yet.
        session.Watch?.Forget();
    }

    public void Done(Command command, SqlRows rows)
    {
        if (command.Unit.Rollback?.IsNewestOf(HistorySchema.Read(session.Language.History.Name, rows.Columns, rows.Rows)) == false)
        {
            throw new Superseded(command.Unit, isCertain: true);
        }
    }
}

/// <summary>Another run was faster; certainly so, or the history has to be looked at.</summary>
internal sealed class Superseded(ScriptUnit unit, bool isCertain) : Exception
{
    public ScriptUnit Unit => unit;

    public bool IsCertain => isCertain;
}
