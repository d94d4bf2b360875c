using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Commands.Migrate;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>A fresh database that can tell which operations reached it.</summary>
/// <param name="database">The database; who uses its own connection is not recorded where the two can be told apart.</param>
internal abstract class RecordedDatabase(SqlContractDatabase database) : IAsyncDisposable
{
    public SqlContractDatabase Database => database;

    /// <summary>The connection of the run that is recorded.</summary>
    public abstract string RecordedConnection { get; }

    public abstract void StartRecording();

    /// <summary>The operations since the start: one a line, without what differs from run to run.</summary>
    public abstract IReadOnlyList<string> StopRecording();

    /// <summary>Lets another run pass unrecorded.</summary>
    public virtual Task<RunReport> WithoutRecording(Func<Task<RunReport>> run) => run();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
