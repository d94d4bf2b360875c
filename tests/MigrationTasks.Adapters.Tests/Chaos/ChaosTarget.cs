using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A fresh database with what can be done to a run on it.</summary>
/// <param name="database">The database.</param>
internal class ChaosTarget(ContractDatabase database) : IAsyncDisposable
{
    /// <summary>The database; its connection is that of an undisturbed run.</summary>
    public ContractDatabase Database => database;

    /// <summary>The connection of the run that is disturbed.</summary>
    public virtual string VictimConnection => database.Connection;

    /// <summary>The ways in which a run can be harmed, apart from killing it.</summary>
    public virtual IReadOnlyList<Harm> Harms => [];

    /// <summary>How many bytes have passed each way, where they can be counted.</summary>
    public virtual (long ToServer, long ToClient)? Traffic => null;

    /// <summary>Cuts the line after exactly so many bytes, where that is possible.</summary>
    public virtual void CutAfter(long bytes, bool toServer) => throw new NotSupportedException();

    /// <summary>Whether one statement sees objects and rows as they are at one instant.</summary>
    public virtual bool ShowsOneInstant => true;

    /// <summary>Waits until the server has finished what it was still doing for runs that are gone.</summary>
    public async Task WhenQuietAsync()
    {
        for (var giveUp = DateTime.UtcNow.AddSeconds(30); await FindWorkAsync() is { Count: > 0 } busy; await Task.Delay(20))
        {
            Assert.IsLessThan(giveUp, DateTime.UtcNow, $"The server goes on working for a run that is gone: {string.Join(", ", busy)}");
        }
    }

    public virtual ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>What the server is at in this database, apart from telling so; nothing where it ends with its run.</summary>
    protected virtual Task<IReadOnlyList<string>> FindWorkAsync() => Task.FromResult<IReadOnlyList<string>>([]);
}

/// <summary>Something that goes wrong around a run.</summary>
/// <param name="Name">What it is.</param>
/// <param name="StrikeAsync">Does it, and puts right what an operator would.</param>
/// <param name="LosesCommits">Whether commits may be lost that were not flushed to the disk.</param>
internal sealed record Harm(string Name, Func<Task> StrikeAsync, bool LosesCommits = false);
