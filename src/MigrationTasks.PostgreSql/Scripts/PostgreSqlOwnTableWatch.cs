using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>
/// PostgreSQL: schemas, the search path, and roles that own what they made. Of a <c>DO</c> block, what it does whatever its conditions
/// are counts too; the body of a function does nothing yet.
/// </summary>
internal sealed class PostgreSqlOwnTableWatch : SqlOwnTableWatch
{
    private const string UsualSchema = "public";
    private const string SchemaOfUser = "$user";

    private readonly PostgreSqlDialect _dialect;
    private readonly IReadOnlyList<string> _usualPath;
    private IReadOnlyList<string> _path;

    public PostgreSqlOwnTableWatch(OwnTableSet tables, PostgreSqlDialect dialect)
        : base(tables with { Schema = tables.Schema ?? UsualSchema }, PostgreSqlActionReader.AsWritten, StringComparison.Ordinal, "SCHEMA", "DATABASE", "OWNED", "SEARCH_PATH", "RESET", "DISCARD")
    {
        _dialect = dialect;
        _path = _usualPath = tables.SearchPath is { Count: > 0 } path ? path : [SchemaOfUser, UsualSchema];
    }

    // A database that took over the language has a program of its own.
    /// <inheritdoc/>
    public override string? DumpWithout => _dialect.GetType() == typeof(PostgreSqlDialect) ? $"pg_dump --exclude-table={Tables.HistoryName}" : null;

    /// <inheritdoc/>
    public override string Rename(string name) => $"ALTER TABLE {Tables.HistoryName} RENAME TO {name};";

    /// <inheritdoc/>
    public override string Move(string place) => $"CREATE SCHEMA {place}; ALTER TABLE {Tables.HistoryName} SET SCHEMA {place};";

    // Where the path leads to another schema first, whether that has such a table only the server knows. A user has a schema of his
    // own as rarely as the path names one.
    /// <inheritdoc/>
    protected override bool IsCurrent(bool creates) => Tables.Schema == Tables.User
        ? _path.Contains(SchemaOfUser) || _path.Contains(Tables.Schema!)
        : creates ? _path.FirstOrDefault(schema => schema != SchemaOfUser) == Tables.Schema : _path.Contains(Tables.Schema!);

    // Of a block, its statements.
    /// <inheritdoc/>
    protected override IEnumerable<SqlAction> ActionsOf(ScriptStatement statement)
    {
        var tokens = statement.ReadTokens();
        if (!tokens.Take("DO"))
        {
            return base.ActionsOf(statement);
        }

        while (!tokens.AtEnd && tokens.Kind != SqlTokenKind.Literal)
        {
            tokens.Skip();
        }

        return tokens.AtEnd ? [] : new PostgreSqlBlockReader(_dialect).Statements(PostgreSqlBlockReader.Content(tokens.Text)).SelectMany(text => PostgreSqlActionReader.AsWritten.Read(_dialect.ReadTokens(text)));
    }

    /// <inheritdoc/>
    protected override OwnTableHit? Read(SqlAction action)
    {
        switch (action)
        {
            case ChangeSetting { Name: "search_path" or null } setting:
                _path = setting.Values is { Count: > 0 } path ? path : _usualPath;
                return null;
            case RenameObject { Kind: SqlObjectKind.Schema, Name.Name.Value: var schema } when IsHolder(schema):
                return HolderHit($"schema {schema}", OwnTableThreat.Rename);
            case DropObject { Kind: SqlObjectKind.Schema, Name.Name.Value: var schema } when IsHolder(schema):
                return HolderHit($"schema {schema}", OwnTableThreat.Drop);
            case DropObject { Kind: SqlObjectKind.Database, Name.Name.Value: var database } when database == Tables.Database:
                return HolderHit($"database {database}", OwnTableThreat.Drop) with { IsAvoidable = false };
            case DropObject { Kind: SqlObjectKind.Owned, Name.Name.Value: var role } when role == Tables.User || role is "current_user" or "current_role" or "session_user":
                return HolderHit($"all that {Tables.User ?? "the user"} owns", OwnTableThreat.Drop) with { IsAvoidable = false };
            default:
                return base.Read(action);
        }
    }

    private OwnTableHit HolderHit(string holder, OwnTableThreat threat) => new(threat, Tables.HistoryName, holder);
}
