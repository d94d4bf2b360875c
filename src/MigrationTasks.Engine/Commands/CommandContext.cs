using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands;

/// <summary>What every command works on: one database and one folder.</summary>
/// <param name="adapter">The database.</param>
/// <param name="definition">What kind of database it is.</param>
/// <param name="folder">The folder's full path.</param>
/// <param name="placeholders">What stands for the placeholders in its migrations.</param>
/// <param name="observer">Watches.</param>
/// <param name="time">The clock; that of the system when omitted.</param>
/// <param name="isWarningAsError">Whether the warning of a code counts as an error; none does when omitted.</param>
/// <param name="identity">What the history calls the folder; <see langword="null"/> to tell no folders apart.</param>
/// <param name="displayName">What the database is called wherever somebody reads of it; as its kind when omitted.</param>
internal sealed class CommandContext(
    DatabaseAdapter adapter,
    AdapterDefinition definition,
    string folder,
    Placeholders placeholders,
    IRunObserver observer,
    TimeProvider? time = null,
    Func<string, bool>? isWarningAsError = null,
    string? identity = null,
    string? displayName = null)
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>The database.</summary>
    public DatabaseAdapter Adapter { get; } = adapter;

    /// <summary>What kind of database it is.</summary>
    public AdapterDefinition Definition { get; } = definition;

    /// <summary>What the database is called wherever somebody reads of it.</summary>
    public string DisplayName { get; } = displayName ?? definition.Name;

    /// <summary>The folder's full path.</summary>
    public string Folder { get; } = folder;

    /// <summary>What the history calls the folder.</summary>
    public string? Identity { get; } = identity;

    /// <summary>What stands for the placeholders in its migrations.</summary>
    public Placeholders Placeholders { get; } = placeholders;

    /// <summary>Watches.</summary>
    public IRunObserver Observer { get; } = observer;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Where warnings go that are found before anything is changed.</summary>
    /// <param name="warned">Is given those that stay warnings.</param>
    internal ForeseenWarnings Foresee(Action<Diagnostic> warned) => new(isWarningAsError ?? (_ => false), warned);

    /// <summary>What keeps the history from the scripts that a command is to run.</summary>
    /// <param name="history">The history as it was read.</param>
    internal OwnTableGuard GuardOwnTables(MigrationHistory history) => new(Adapter.Config.OwnTables, mayExist: history.State != HistoryTableState.Absent);

    /// <summary>Reads the folder's migrations.</summary>
    /// <exception cref="MigrationException">MIG1004 and MIG2xxx when the files are not in order.</exception>
    internal MigrationFolder ReadFolder(CancellationToken cancellation) => MigrationFolder.Read(Folder, Definition.Language, Placeholders, cancellation).Identified(Identity);

    /// <summary>Reads the folder's migrations, and connects in the meantime: one waits for the disk, the other for the network.</summary>
    /// <exception cref="MigrationException">MIG1004 and MIG2xxx when the files are not in order, whatever the database says; else MIG4001 to MIG4004.</exception>
    internal async Task<MigrationFolder> OpenAsync(CancellationToken cancellation)
    {
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connection = Task.Run(() => ReachAsync(connecting.Token), CancellationToken.None);
        MigrationFolder files;
        try
        {
            files = ReadFolder(cancellation);
        }
        catch
        {
            await connecting.CancelAsync().ConfigureAwait(false);
            await connection.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await connection.ConfigureAwait(false);
        Observer.Connected(Adapter.Config.Target);
        return files;
    }

    /// <summary>Connects and tells so.</summary>
    /// <exception cref="MigrationException">MIG4001 to MIG4004 when the database cannot be reached.</exception>
    internal async Task ConnectAsync(CancellationToken cancellation)
    {
        await ReachAsync(cancellation).ConfigureAwait(false);
        Observer.Connected(Adapter.Config.Target);
    }

    /// <summary>Connects. A server that starts together with this, in a pipeline or beside it in a container, is waited for where that is asked for.</summary>
    /// <exception cref="MigrationException">MIG4001 to MIG4004 when the database cannot be reached.</exception>
    internal async Task ReachAsync(CancellationToken cancellation)
    {
        var (startedAt, limit) = (Time.GetTimestamp(), Adapter.Config.Settings.ConnectTimeout);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Adapter.ConnectAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (MigrationException problem) when (limit > TimeSpan.Zero && Adapter.MayAnswerLater(problem))
            {
                var left = limit - Time.GetElapsedTime(startedAt);
                if (left <= TimeSpan.Zero)
                {
                    throw Errors.NeverThere(problem, attempt, limit);
                }

                if (attempt == 1)
                {
                    Observer.WaitingForServer(Adapter.Config.Target, problem.Diagnostics[0].Message);
                }

                await Task.Delay(left < BetweenAttempts ? left : BetweenAttempts, Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Compares files and history, once no migration is at work outside a transaction; and where there is no history, looks for
    /// that of another tool, which is an error of the plan.
    /// </summary>
    /// <exception cref="MigrationException">MIG3008 when one is at work for longer than the lock timeout.</exception>
    internal async Task<MigrationPlan> PlanAsync(MigrationFolder files, MigrationHistory history, PlanOptions options, CancellationToken cancellation)
    {
        var plan = MigrationPlan.Create(files, history, options);
        if (!plan.HasRunning)
        {
            return await FirstRunGuard.CheckAsync(this, plan, history, options, cancellation).ConfigureAwait(false);
        }

        // Whoever marked it is at work, or is dead: under the lock that it would hold, the row tells which.
        var running = await Adapter.LockRunAsync(cancellation).ConfigureAwait(false);
        await using var release = running.ConfigureAwait(false);
        return MigrationPlan.Create(files, await Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false), options);
    }

    /// <summary>Writes what a command decided on into the history, whose table is created or completed when it has to be.</summary>
    /// <param name="history">The history as it was read.</param>
    /// <param name="script">The migration that creates the table, or <see langword="null"/>.</param>
    /// <param name="changes">The changes; with none, nothing is written at all.</param>
    /// <param name="warnings">What the command tells at its end.</param>
    /// <param name="cancellation">Rolls back.</param>
    /// <exception cref="MigrationException">With the warnings that the project raises to errors: then nothing is written.</exception>
    internal async Task WriteAsync(
        MigrationHistory history, Migration? script, IReadOnlyList<HistoryChange> changes, IReadOnlyList<Diagnostic> warnings, CancellationToken cancellation)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var foreseen = Foresee(_ => { });
        foreseen.AddRange(warnings);
        foreseen.Check();
        if (history.State != HistoryTableState.Complete)
        {
            await Adapter.EnsureHistoryAsync(script, Observer, cancellation).ConfigureAwait(false);
        }

        await Adapter.ChangeHistoryAsync(changes, cancellation).ConfigureAwait(false);
    }

    /// <summary>The report of a command that has done nothing yet.</summary>
    internal TReport Start<TReport>()
        where TReport : DatabaseReport, new() => new() { Database = Definition.Name, Target = Adapter.Config.Target, Folder = Folder };

    /// <summary>Does a command's work that is done as a whole or not at all, and whatever happens disconnects and makes a report of it.</summary>
    /// <param name="work">The work: it is given the report of nothing done, returns that of its success, and throws what went wrong.</param>
    /// <param name="cancellation">Cancels the work.</param>
    internal Task<TReport> RunAsync<TReport>(Func<TReport, Task<TReport>> work, CancellationToken cancellation)
        where TReport : DatabaseReport, new()
    {
        var report = Start<TReport>();
        return RunAsync(() => work(report), () => report, () => Errors.Cancelled(default), cancellation);
    }

    /// <summary>Does a command's work, and whatever happens disconnects and makes a report of it.</summary>
    /// <param name="work">The work: it returns the report of its success, and throws what went wrong.</param>
    /// <param name="failed">The report of what was done until it went wrong.</param>
    /// <param name="cancelled">What a cancellation is reported as: where it hit, and what stands.</param>
    /// <param name="cancellation">Cancels the work.</param>
    internal async Task<TReport> RunAsync<TReport>(
        Func<Task<TReport>> work, Func<TReport> failed, Func<MigrationException> cancelled, CancellationToken cancellation)
        where TReport : DatabaseReport
    {
        var startedAt = Time.GetTimestamp();
        TReport report;
        try
        {
            report = await work().ConfigureAwait(false);
        }
        catch (MigrationException exception)
        {
            report = failed() with { Errors = exception.Diagnostics };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            report = failed() with { Errors = cancelled().Diagnostics };
        }

        await Adapter.DisconnectAsync().ConfigureAwait(false);
        return report with { Duration = Time.GetElapsedTime(startedAt) };
    }
}
