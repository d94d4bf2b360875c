using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>A database of a test's imagination: it plays a list of histories and writes down what is asked of it.</summary>
internal sealed class FakeAdapter(params MigrationHistory[] histories) : DatabaseAdapter(new FakeDefinition.FakeConfig(new DatabaseSettings { ProjectDirectory = "/", Variable = "FAKE_URL" }))
{
    private readonly Queue<MigrationHistory> _histories = new(histories);

    public List<string> Calls { get; } = [];

    /// <summary>How connecting goes; it succeeds unless a test has other plans.</summary>
    public Func<CancellationToken, Task> WhenConnecting { get; set; } = _ => Task.CompletedTask;

    /// <summary>How applying goes; all steps are applied unless a test has other plans.</summary>
    public Func<IReadOnlyList<MigrationStep>, IRunObserver, Task<ApplyOutcome>> WhenApplying { get; set; } = (steps, observer) =>
    {
        foreach (var step in steps)
        {
            observer.Started(step.Migration);
            observer.Applied(step.Migration, TimeSpan.FromMilliseconds(1));
        }

        return Task.FromResult(ApplyOutcome.Completed);
    };

    /// <summary>How undoing goes; all is undone unless a test has other plans.</summary>
    public Func<IReadOnlyList<RollbackScript>, IRunObserver, Task<ApplyOutcome>> WhenUndoing { get; set; } = (rollbacks, observer) =>
    {
        foreach (var rollback in rollbacks)
        {
            observer.Started(rollback);
            observer.RolledBack(rollback, TimeSpan.FromMilliseconds(1));
        }

        return Task.FromResult(ApplyOutcome.Completed);
    };

    public override async Task ConnectAsync(CancellationToken cancellation)
    {
        await Called("connect", cancellation);
        await WhenConnecting(cancellation);
    }

    public override Task DisconnectAsync() => Called("disconnect", default);

    public override async Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation)
    {
        await Called("read", cancellation);
        return _histories.Count > 1 ? _histories.Dequeue() : _histories.Peek();
    }

    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation) =>
        Called(script is null ? "ensure" : $"ensure by {script.Name}", cancellation);

    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation) =>
        Called($"change {string.Join(' ', changes.Select(change => change.Name))}", cancellation);

    public override async Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        if (createsHistory)
        {
            await EnsureHistoryAsync(null, observer, cancellation);
        }

        if (units[0].Rollback is not null)
        {
            await Called($"undo {string.Join(' ', units)}", cancellation);
            return await WhenUndoing([.. units.Select(unit => unit.Rollback!)], observer);
        }

        await Called($"apply {string.Join(' ', units)}", cancellation);
        return await WhenApplying([.. units.Select(unit => unit.Step!)], observer);
    }

    public override async Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation)
    {
        await Called("lock", cancellation);
        return new Release(this);
    }

    public override Task<string> TestConnectionAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public override Task ExecuteAsync(string statement, CancellationToken cancellation) => throw new NotSupportedException();

    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation) => throw new NotSupportedException();

    public override Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation) => throw new NotSupportedException();

    public override Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation) => throw new NotSupportedException();

    private Task Called(string call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Calls.Add(call);
        return Task.CompletedTask;
    }

    private sealed class Release(FakeAdapter adapter) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            adapter.Calls.Add("release");
            return ValueTask.CompletedTask;
        }
    }
}
