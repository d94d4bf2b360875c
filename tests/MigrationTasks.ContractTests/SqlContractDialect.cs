using System.Globalization;

namespace MigrationTasks.ContractTests;

/// <summary>What the contract suite has to write differently for each database that speaks SQL.</summary>
public sealed record SqlContractDialect : ContractDialect
{
    /// <summary>Creates <c>schema_migrations</c> as an earlier Node.js runner left it.</summary>
    public required string BareHistory { get; init; }

    /// <summary>The statements that create the history of each other tool that works with this database, by the tool's name.</summary>
    public required IReadOnlyDictionary<string, string> ForeignTables { get; init; }

    /// <summary>Changes the state of the session in every way there is.</summary>
    public required string LeaveState { get; init; }

    /// <summary>Creates the table <c>state</c>, whose one row tells whether anything of it is left.</summary>
    public required string ObserveState { get; init; }

    /// <summary>What that row is when nothing is left.</summary>
    public required string CleanState { get; init; }

    /// <inheritdoc/>
    public override string Fails => "SELECT nope";

    /// <inheritdoc/>
    public override string Separator => ";\n";

    /// <inheritdoc/>
    public override string Closing => ";\n";

    /// <inheritdoc/>
    public override string Create(string table, bool ofText) => $"CREATE TABLE {table} (id {(ofText ? "VARCHAR(20)" : "INTEGER")})";

    /// <inheritdoc/>
    public override string Drop(string table) => $"DROP TABLE {table}";

    /// <inheritdoc/>
    public override string Insert(string table, object id) => $"INSERT INTO {table} VALUES ({(id is string text ? $"'{text}'" : Convert.ToString(id, CultureInfo.InvariantCulture))})";

    /// <inheritdoc/>
    public override string Delete(string table, int id) => $"DELETE FROM {table} WHERE id = {id}";

    /// <inheritdoc/>
    public override string Read(string table) => $"SELECT id FROM {table}";

    /// <summary>Where the word is that the database does not know, or else the beginning of the statement.</summary>
    /// <inheritdoc/>
    public override int ColumnOf(string statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Math.Max(statement.IndexOf("nope", StringComparison.Ordinal), 0) + 1;
    }

    /// <inheritdoc/>
    public override string Opening(ContractScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var transaction = script.IsUntransacted ? "-- Transaction: none\n" : "";
        return script.Rollback is { } rollback ? $"{transaction}-- Rollback: {string.Join("\n--   ", rollback.Statements.Select(statement => $"{statement};"))}\n\n" : transaction;
    }
}
