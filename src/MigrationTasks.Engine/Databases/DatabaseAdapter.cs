using System.Net.Sockets;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Databases;

/// <summary>
/// One connection to one database, and all that the runner asks of it. An adapter owns how its database does things: how a
/// migration and its history row become one atomic step, and how runners at the same time keep out of each other's way.
/// </summary>
/// <remarks>
/// Every member may throw a <see cref="MigrationException"/> with a MIG4xxx code for what the database refuses (<see cref="AdapterErrors"/>
/// makes them), and an <see cref="OperationCanceledException"/> when it is cancelled. Whatever else it throws is taken for a defect of the adapter.
/// </remarks>
/// <param name="config">How the database is reached.</param>
public abstract class DatabaseAdapter(DatabaseConfig config) : IAsyncDisposable
{
    /// <summary>How the database is reached.</summary>
    public DatabaseConfig Config { get; } = config;

    /// <summary>Connects.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG4001 unreachable; MIG4002 login refused; MIG4003 no such database; MIG4004 no TLS as asked for.</exception>
    public abstract Task ConnectAsync(CancellationToken cancellation);

    /// <summary>
    /// Whether a server that could not be connected to may be there a little later, because it or its machine is starting: nobody listens, its
    /// name has no address yet, it says so itself. Never after a refused login: servers lock users out who try too often.
    /// </summary>
    /// <param name="problem">What <see cref="ConnectAsync"/> threw.</param>
    public virtual bool MayAnswerLater(MigrationException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        for (var cause = problem.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException or TimeoutException or EndOfStreamException)
            {
                return problem.Code == Errors.Unreachable;
            }
        }

        return false;
    }

    /// <summary>Disconnects; does nothing where there is no connection. Connecting again is allowed.</summary>
    public abstract Task DisconnectAsync();

    /// <summary>Asks the server for a sign of life.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The product and its version, such as <c>PostgreSQL 17.2</c>.</returns>
    public abstract Task<string> TestConnectionAsync(CancellationToken cancellation);

    /// <summary>Executes one statement as it is.</summary>
    /// <param name="statement">The statement, in the database's own language.</param>
    /// <param name="cancellation">Stops the statement on the server.</param>
    public abstract Task ExecuteAsync(string statement, CancellationToken cancellation);

    /// <summary>Executes a query; what is interpolated into it travels as parameters, never as text.</summary>
    /// <param name="query">The query: <c>$"SELECT a FROM t WHERE b = {value}"</c>.</param>
    /// <param name="cancellation">Stops the query on the server.</param>
    /// <returns>The rows, each with the values of its columns in order; a database's NULL is <see langword="null"/>.</returns>
    public abstract Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation);

    /// <summary>Tells whether there is a table.</summary>
    /// <param name="table">Its name, with its schema where that is not the usual one.</param>
    /// <param name="cancellation">Gives up.</param>
    public abstract Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation);

    /// <summary>Does some work in a transaction: committed when the work returns, rolled back when it throws.</summary>
    /// <param name="work">The work, by means of this adapter; its token is to be heeded.</param>
    /// <param name="cancellation">Rolls back.</param>
    /// <exception cref="MigrationException">MIG4023 when the server has no transactions.</exception>
    public abstract Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation);

    /// <summary>Reads the whole history with one query.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The history; <see cref="MigrationHistory.Absent"/> when there is no table.</returns>
    /// <exception cref="MigrationException">MIG3001 when the table belongs to another tool.</exception>
    public abstract Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation);

    /// <summary>
    /// Creates the history table, or completes one with fewer columns, under the run lock; does nothing when another
    /// runner did it in the meantime.
    /// </summary>
    /// <param name="script">The migration that creates the table (<c>000_migrations_table.sql</c>), which is then recorded as applied; <see langword="null"/> when there is none.</param>
    /// <param name="observer">Is told when that migration runs.</param>
    /// <param name="cancellation">Rolls back.</param>
    /// <exception cref="MigrationException">
    /// MIG3001 when another tool has created a table of that name in the meantime; MIG3007 when the table cannot be completed; MIG3008
    /// when another runner held the lock for too long; MIG3009 when the script does not create the table; MIG4005 when the script fails.
    /// </exception>
    public abstract Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation);

    /// <summary>
    /// Changes rows of the history in one transaction that keeps other runners out, each only while it is as it was read:
    /// either all of them are changed, or none. The table is complete: <see cref="EnsureHistoryAsync"/> comes first.
    /// </summary>
    /// <param name="changes">The changes, at least one, in the order in which they are made.</param>
    /// <param name="cancellation">Rolls back.</param>
    /// <exception cref="MigrationException">MIG3021 when a row is not as it was read; MIG3008 when another runner held the lock for too long.</exception>
    public abstract Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation);

    /// <summary>
    /// Applies or undoes migrations in order, each with the change of its history row in one transaction where it allows that, and stops at
    /// the first failure: what came before stays, what failed leaves no trace, what follows does not run. What fails outside a transaction
    /// leaves a row that tells how many of its statements were applied. A migration is undone only while its row says that it is applied
    /// and no newer version has one.
    /// </summary>
    /// <param name="units">What to apply, or what to undo; at least one.</param>
    /// <param name="createsHistory">Whether there is no history yet: it is created first.</param>
    /// <param name="observer">Is told what runs and what is done, as it happens.</param>
    /// <param name="cancellation">Stops the running statement on the server and rolls back.</param>
    /// <returns>Whether all was done, or another runner turned out to be faster and the plan must be made anew.</returns>
    /// <exception cref="MigrationException">MIG4005 and others for a failure; MIG3008 when another runner held the lock for too long.</exception>
    public abstract Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, IRunObserver observer, CancellationToken cancellation);

    /// <summary>
    /// Takes the lock that a runner holds while it runs a migration outside a transaction; the lock goes when the result is
    /// disposed, or when its process dies.
    /// </summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another runner holds it for longer than the lock timeout.</exception>
    public abstract Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}

/// <summary>How a run ended, when it did not fail.</summary>
public enum ApplyOutcome
{
    /// <summary>All of it was done.</summary>
    Completed,

    /// <summary>Another runner was faster with one of them: read the history again and go on from there.</summary>
    Superseded,
}
