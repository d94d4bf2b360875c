using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution;

/// <summary>Rows of a query.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows, with a value for each column; a database's NULL is <see langword="null"/>.</param>
public sealed record SqlRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>Is told by a session what became of the commands that it sends.</summary>
public interface ICommandProgress
{
    /// <summary>A command is done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="changed">How many rows it changed, as far as that is known.</param>
    void Done(Command command, int changed = -1);

    /// <summary>A command that <see cref="Command.ReadsHistory"/> is done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="rows">Its rows.</param>
    void Done(Command command, SqlRows rows);
}

/// <summary>
/// The session in which the scripts of a run are executed. It sends the commands that the engine makes, and says what became of
/// them; what is sent when, tried again, recorded and reported is decided by the engine for all databases.
/// </summary>
/// <param name="config">How the database is reached.</param>
/// <param name="observer">Watches the run.</param>
public abstract class ScriptSession(DatabaseConfig config, IRunObserver observer) : IAsyncDisposable
{
    /// <summary>How a run is said to the database.</summary>
    public abstract CommandLanguage Language { get; }

    /// <summary>How the database is reached.</summary>
    public DatabaseConfig Config => config;

    /// <summary>Watches the run.</summary>
    public IRunObserver Observer => observer;

    /// <summary>Ends the run when somebody else has its lock.</summary>
    public virtual CancellationToken Stopping => CancellationToken.None;

    /// <summary>Whether scripts in transactions are sent one after the other without waiting for the answer.</summary>
    public virtual bool Pipelines => false;

    /// <summary>What runs, and what is done.</summary>
    internal virtual ScriptProgress Progress => field ??= new ScriptProgress(observer);

    /// <summary>Looks what a script waits for; <see langword="null"/> when nobody does.</summary>
    internal virtual LockWatch? Watch => null;

    /// <summary>What the server calls the session, a number; 0 when it has none.</summary>
    public virtual int ServerSession => 0;

    /// <summary>Prepares the session for a script, and takes what keeps other runs away that no command can take.</summary>
    /// <param name="unit">What is run next.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Is disposed when the script is done, or has stopped: nothing of it is left in the session.</returns>
    public virtual Task<IAsyncDisposable> OpenAsync(ScriptUnit unit, CancellationToken cancellation) => Task.FromResult(Nothing);

    /// <summary>What is returned by <see cref="OpenAsync"/> when nothing is to be done at the end.</summary>
    protected static IAsyncDisposable Nothing { get; } = new NothingOpened();

    /// <summary>Whether the server may be gone, or the way to it, so that what was applied has to be asked on another connection.</summary>
    public virtual bool MayLoseConnection => true;

    /// <summary>Takes what keeps other runs away while the history is created or changed.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Is disposed when that is done.</returns>
    public virtual Task<IAsyncDisposable> OpenHistoryAsync(CancellationToken cancellation) => Task.FromResult(Nothing);

    /// <summary>Executes a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>How many rows it changed.</returns>
    public abstract Task<int> ExecuteAsync(SqlText statement, CancellationToken cancellation);

    /// <summary>Sends commands in order, until one fails. They are made while they are taken.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="progress">Is told what is done; it may throw, which ends the sending.</param>
    /// <param name="cancellation">Stops the running command on the server.</param>
    /// <exception cref="CommandException">A command failed that is not the one which was taken last.</exception>
    public virtual async Task SendAsync(IEnumerable<Command> commands, ICommandProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(progress);
        foreach (var command in commands)
        {
            var text = new SqlText(command.Text, command.Values);
            if (command.ReadsHistory)
            {
                progress.Done(command, await QueryAsync(text, cancellation).ConfigureAwait(false));
            }
            else
            {
                progress.Done(command, await ExecuteAsync(text, cancellation).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellation">Gives up.</param>
    public abstract Task<SqlRows> QueryAsync(SqlText query, CancellationToken cancellation);

    /// <summary>Rolls back what is open.</summary>
    /// <param name="unit">What has stopped; <see langword="null"/> for a change of the history alone.</param>
    /// <param name="consequence">What becomes of it, as a rule.</param>
    /// <returns>What became of it.</returns>
    public abstract Task<string> RollBackAsync(ScriptUnit? unit, string consequence);

    /// <summary>Says what is behind an exception.</summary>
    /// <param name="exception">What a member threw.</param>
    /// <param name="command">The command that was not done; <see langword="null"/> when there is none.</param>
    /// <returns><see langword="null"/> when it has nothing to do with the database.</returns>
    public abstract DatabaseFailure? Judge(Exception exception, Command? command);

    /// <summary>The error that a failure ends the run with.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="consequence">What became of the script.</param>
    public abstract Task<MigrationException> ReportAsync(DatabaseFailure failure, string consequence);

    /// <summary>The error of a run that another one kept waiting for too long.</summary>
    public virtual Task<MigrationException> ReportRunLockAsync() => Task.FromResult(Errors.LockTimeout(config.Target, config.Settings.LockTimeout));

    /// <summary>Why the history refused a claim that no other run has made: a clause behind the table's name, with what to do.</summary>
    /// <param name="unit">What was claimed.</param>
    /// <param name="failure">What the database said; <see langword="null"/> when it changed no row.</param>
    public virtual string ReasonOfRefusal(ScriptUnit unit, DatabaseFailure? failure)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return failure is null
            ? $"its row for {unit.Script.Name} cannot be changed. Remove the trigger that keeps it as it is, and run again."
            : $"it refuses a row for {unit.Script.Name}: {failure.Problem} Remove that constraint, or give its columns a default, and run again.";
    }

    /// <summary>Rolls back what is open of a script outside a transaction that has stopped, and makes the session what it was.</summary>
    /// <param name="unit">What has stopped.</param>
    public virtual Task AbandonAsync(ScriptUnit unit) => RollBackAsync(unit, "");

    /// <summary>Commands that create the history ahead of a first run; none where it is created by itself.</summary>
    public virtual IEnumerable<FrameCommand> CreateHistory() => [];

    /// <summary>Creates the history, or completes it, after commands of <see cref="CreateHistory"/> failed.</summary>
    /// <param name="cancellation">Gives up.</param>
    public virtual Task EnsureHistoryAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Why a dry run cannot tell whether a migration would be applied that failed in it: a sentence; <see langword="null"/> when a run would fail too.</summary>
    /// <param name="failure">The failure.</param>
    public virtual string? ReasonNotTried(DatabaseFailure failure) => null;

    /// <summary>Lets another run go first, which turned out to be faster.</summary>
    public virtual Task YieldAsync() => Task.CompletedTask;

    /// <summary>Finds out whether a statement of an interrupted run was applied that was in no transaction.</summary>
    /// <param name="unit">What it belongs to.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="isSameFile">Whether the file is as it was when the statement was begun.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What shows that it was, a clause; the empty text when it is to be run; <see langword="null"/> when nothing tells.</returns>
    public virtual Task<string?> FindEffectAsync(ScriptUnit unit, ScriptStatement statement, bool isSameFile, CancellationToken cancellation) => Task.FromResult<string?>("");

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private sealed class NothingOpened : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
