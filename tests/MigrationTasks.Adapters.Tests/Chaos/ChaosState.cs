using System.Data.Common;
using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>What is in a database at one instant, read past the adapter.</summary>
/// <param name="Rows">The history: the status and the number of statements done (<c>running 3</c>) by migration, without the extension of its file.</param>
/// <param name="Parts">The rows of the log: <c>version part</c>, double ones as often as they are there.</param>
/// <param name="Objects">The names of tables and finished indexes.</param>
internal sealed record ChaosState(IReadOnlyDictionary<string, string> Rows, IReadOnlyList<string> Parts, IReadOnlyList<string> Objects)
{
    /// <summary>The migrations that are recorded as applied.</summary>
    public IReadOnlySet<string> Applied { get; } =
        Rows.Where(row => row.Value.StartsWith("applied", StringComparison.Ordinal)).Select(row => row.Key).ToHashSet();

    public static async Task<ChaosState> ReadAsync(ContractDatabase database, ChaosDialect dialect)
    {
        // The server may still be at work for a run that is gone: a table may come into being between two looks.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await dialect.ReadAsync(database) is { } state)
                {
                    return state;
                }
            }
            catch (DbException) when (attempt < 20)
            {
                await Task.Delay(20);
            }
        }
    }

    public override string ToString() =>
        $"{string.Join('\n', Rows.Select(row => $"{row.Key} {row.Value}"))}\nlog: {string.Join(", ", Parts)}\nobjects: {string.Join(", ", Objects)}";
}
