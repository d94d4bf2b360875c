using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>Reads with SQL what is in a database.</summary>
internal static class SqlChaosReader
{
    /// <returns><see langword="null"/> when a table came into being between two looks.</returns>
    public static async Task<ChaosState?> ReadAsync(SqlContractDatabase database, string objectNames)
    {
        var tables = await database.QueryAsync(objectNames);

        // One statement sees one instant; three would see a migration's row and not yet its effects.
        List<string> parts = [$"SELECT 'object', o.*, '', '' FROM ({objectNames}) o"];
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
                rows.Where(row => row[0] == "row").ToDictionary(row => Path.GetFileNameWithoutExtension(row[1]), row => $"{row[2]} {row[3]}"),
                [.. rows.Where(row => row[0] == "part").Select(row => $"{row[1]} {row[2]}").Order(StringComparer.Ordinal)],
                objects)
            : null;
    }
}
