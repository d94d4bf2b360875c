using System.Data.Common;
using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>What is in a database at one instant, read past the adapter.</summary>
/// <param name="Rows">The history: the status and the number of statements done (<c>running 3</c>) by migration.</param>
/// <param name="Parts">The rows of the log: <c>version part</c>, double ones as often as they are there.</param>
/// <param name="Objects">The names of tables and finished indexes.</param>
internal sealed record ChaosState(IReadOnlyDictionary<string, string> Rows, IReadOnlyList<string> Parts, IReadOnlyList<string> Objects)
{
    /// <summary>The migrations that are recorded as applied.</summary>
    public IReadOnlySet<string> Applied { get; } =
        Rows.Where(row => row.Value.StartsWith("applied", StringComparison.Ordinal)).Select(row => row.Key).ToHashSet();

    public static async Task<ChaosState> ReadAsync(SqlContractDatabase database, ChaosDialect dialect)
    {
        // The server may still be at work for a run that is gone: a table may come into being between two looks.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var tables = await database.QueryAsync(dialect.ObjectNames);
                if (await ReadAsync(database, dialect, tables) is { } state)
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

    private static async Task<ChaosState?> ReadAsync(SqlContractDatabase database, ChaosDialect dialect, IReadOnlyList<string> tables)
    {
        // One statement sees one instant; three would see a migration's row and not yet its effects.
        List<string> parts = [$"SELECT 'object', o.*, '', '' FROM ({dialect.ObjectNames}) o"];
        if (tables.Contains("schema_migrations"))
        {
            parts.Add("SELECT 'row', migration_name, status, cast(coalesce(statements_done, 0) AS char(9)) FROM schema_migrations");
        }

        if (tables.Contains(ChaosMigration.LogTable))
        {
            parts.Add($"SELECT 'part', cast(migration AS char(9)), cast(part AS char(9)), '' FROM {ChaosMigration.LogTable}");
        }

        var rows = (await database.QueryAsync(string.Join(" UNION ALL ", parts))).Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToList();
        var objects = rows.Where(row => row[0] == "object").Select(row => row[1]).Order(StringComparer.Ordinal).ToList();
        return objects.Contains(ChaosMigration.LogTable) == tables.Contains(ChaosMigration.LogTable) && objects.Contains("schema_migrations") == tables.Contains("schema_migrations")
            ? new ChaosState(
                rows.Where(row => row[0] == "row").ToDictionary(row => row[1], row => $"{row[2]} {row[3]}"),
                [.. rows.Where(row => row[0] == "part").Select(row => $"{row[1]} {row[2]}").Order(StringComparer.Ordinal)],
                objects)
            : null;
    }
}
