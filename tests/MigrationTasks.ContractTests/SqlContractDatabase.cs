using System.Data.Common;

namespace MigrationTasks.ContractTests;

/// <summary>A fresh, empty database that speaks SQL.</summary>
public abstract class SqlContractDatabase : ContractDatabase
{
    /// <summary>Runs a query through the driver; a row is its values joined by <c>|</c>, and a NULL is nothing.</summary>
    public abstract Task<IReadOnlyList<string>> QueryAsync(string sql);

    /// <summary>Runs a script with the database's own client program; for a database for which scripts can be written.</summary>
    public virtual (int ExitCode, string Output) RunScript(string file) => throw new NotSupportedException($"{GetType().Name} should run a script with the database's own client program.");

    /// <summary>All that is in the database but the rows of the history, as its own client program writes it; for one for which scripts can be written, or on which migrations can be tried.</summary>
    public virtual string Dump() => throw new NotSupportedException($"{GetType().Name} should dump the database with its own client program.");

    /// <summary>The first row of a query.</summary>
    public async Task<string> ValueAsync(string sql) => (await QueryAsync(sql))[0];

    /// <inheritdoc/>
    public override Task<IReadOnlyList<string>> ReadAsync(string table, params IReadOnlyList<string> columns) =>
        QueryAsync($"SELECT {(columns is { Count: > 0 } ? string.Join(", ", columns) : "*")} FROM {table}");

    /// <inheritdoc/>
    public override async Task<bool> ExistsAsync(string table)
    {
        try
        {
            await ReadAsync(table);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
