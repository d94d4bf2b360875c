using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>
/// What must hold when many runs compete and when runs are killed, seen from outside: by processes of their own, and by a
/// reader that goes past the adapter. A database joins by deriving one class.
/// </summary>
public abstract partial class ChaosContract
{
    public TestContext TestContext { get; set; } = null!;

    /// <summary>The adapter under test.</summary>
    protected abstract AdapterDefinition Definition { get; }

    /// <summary>What is written differently for this database.</summary>
    protected abstract ChaosDialect Dialect { get; }

    /// <summary>Makes a database that nobody has used.</summary>
    private protected abstract Task<ChaosTarget> CreateTargetAsync();

    // Where the objects and the rows that are there cannot be read at one instant, nobody may be at work.
    private async Task<ChaosState> ReadStateAsync(ChaosTarget target)
    {
        if (!target.ShowsOneInstant)
        {
            await target.WhenQuietAsync();
        }

        return await ChaosState.ReadAsync(target.Database, Dialect);
    }

    private string Extension => Definition.Language.FileExtension;

    // A line says «applied 001_log.sql».
    private static string MigrationOf(string line) => Path.GetFileNameWithoutExtension(line.Split(' ', 2)[1]);

    private static int Setting(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var value) ? value : usual;

    private MigrationProject ProjectFor(ChaosTarget target) => new(Definition, target.Database.Connection);
}
