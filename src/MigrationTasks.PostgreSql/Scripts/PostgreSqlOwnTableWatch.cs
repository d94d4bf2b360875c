using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

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
        : base(tables with { Schema = tables.Schema ?? UsualSchema }, StringComparison.Ordinal)
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

    /// <inheritdoc/>
    protected override string Fold(ReadOnlySpan<char> text, bool isQuoted) => isQuoted ? text.ToString() : text.ToString().ToLowerInvariant();

    // Where the path leads to another schema first, whether that has such a table only the server knows. A user has a schema of his
    // own as rarely as the path names one.
    /// <inheritdoc/>
    protected override bool IsCurrent(bool creates) => Tables.Schema == Tables.User
        ? _path.Contains(SchemaOfUser) || _path.Contains(Tables.Schema!)
        : creates ? _path.FirstOrDefault(schema => schema != SchemaOfUser) == Tables.Schema : _path.Contains(Tables.Schema!);

    /// <inheritdoc/>
    protected override OwnTableThreat? ThreatOfAlter(SqlTokens rest)
    {
        if (rest.Take("RENAME"))
        {
            // A constraint may have whatever name it likes.
            return rest.Take("CONSTRAINT") ? null : OwnTableThreat.Rename;
        }

        if (rest.Take("SET"))
        {
            return rest.Take("SCHEMA") ? OwnTableThreat.Rename : null;
        }

        return rest.Take("DROP") ? rest.Take("COLUMN") ? OwnTableThreat.Rename : null : rest.Take("ADD") && Has(rest, "PRIMARY") ? OwnTableThreat.Create : null;
    }

    /// <inheritdoc/>
    protected override OwnTableHit? ReadAlterOther(SqlTokens rest) =>
        rest.Take("SCHEMA") && TakePart(ref rest, out var schema) && IsHolder(schema) && rest.Take("RENAME") ? HolderHit("schema", schema, OwnTableThreat.Rename) : null;

    /// <inheritdoc/>
    protected override OwnTableHit? ReadDropOther(SqlTokens rest)
    {
        if (rest.Take("OWNED"))
        {
            rest.Take("BY");
            return ReadOwners(rest);
        }

        var isSchema = rest.Take("SCHEMA");
        if (!isSchema && !rest.Take("DATABASE"))
        {
            return null;
        }

        TakeIfExists(ref rest);
        while (TakePart(ref rest, out var name))
        {
            if (isSchema ? IsHolder(name) : name == Tables.Database)
            {
                return HolderHit(isSchema ? "schema" : "database", name, OwnTableThreat.Drop) with { IsAvoidable = isSchema };
            }

            if (!rest.Take(','))
            {
                break;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override OwnTableHit? ReadOther(ReadOnlySpan<char> keyword, SqlTokens rest)
    {
        switch (keyword)
        {
            case "COPY":
                rest.Take("BINARY");
                return TakeName(ref rest, out var table) && Has(rest, "FROM") ? Hit(table, OwnTableThreat.Fill) : null;
            case "SET":
                _ = rest.Take("SESSION") || rest.Take("LOCAL");
                ReadSet(rest);
                return null;
            case "SELECT":
                if (PostgreSqlSession.TakesSetConfig(ref rest))
                {
                    ReadSetConfig(rest);
                }

                return null;
            case "RESET" when rest.Take("SEARCH_PATH") || rest.Take("ALL"):
            case "DISCARD" when rest.Take("ALL"):
                _path = _usualPath;
                return null;
            case "DO":
                return ReadBlock(rest);
            default:
                return null;
        }
    }

    private OwnTableHit HolderHit(string kind, string name, OwnTableThreat threat) => new(threat, Tables.HistoryName, $"{kind} {name}");

    private OwnTableHit? ReadOwners(SqlTokens rest)
    {
        do
        {
            var isUser = rest.Take("CURRENT_USER") || rest.Take("CURRENT_ROLE") || rest.Take("SESSION_USER");
            if (isUser || (TakePart(ref rest, out var role) && role == Tables.User))
            {
                return new OwnTableHit(OwnTableThreat.Drop, Tables.HistoryName, $"all that {Tables.User ?? "the user"} owns") { IsAvoidable = false };
            }
        }
        while (rest.Take(','));
        return null;
    }

    private void ReadSet(SqlTokens rest)
    {
        if (rest.Take("SCHEMA"))
        {
            _path = [ValueOf(rest)];
        }
        else if (rest.Take("SEARCH_PATH") && (rest.Take('=') || rest.Take("TO")))
        {
            var path = new List<string>();
            do
            {
                if (rest.Take("DEFAULT"))
                {
                    _path = _usualPath;
                    return;
                }

                path.Add(ValueOf(rest));
                rest.Skip();
            }
            while (rest.Take(','));
            _path = path;
        }
    }

    private void ReadSetConfig(SqlTokens rest)
    {
        rest.Take('(');
        var isPath = rest.Text.Trim('\'').Equals("search_path", StringComparison.OrdinalIgnoreCase);
        rest.Skip();
        if (isPath && rest.Take(','))
        {
            _path = [.. rest.Text.Trim('\'').ToString().Split(',').Select(part => part.Trim() is ['"', .., '"'] quoted ? quoted[1..^1] : part.Trim().ToLowerInvariant())];
        }
    }

    private string ValueOf(SqlTokens token) =>
        token.Kind == SqlTokenKind.Literal ? token.Text.Trim('\'').ToString() : TakePart(ref token, out var part) ? part : "";

    // Statements within IF, CASE, LOOP or behind EXCEPTION may not run at all.
    private OwnTableHit? ReadBlock(SqlTokens rest)
    {
        while (!rest.AtEnd && rest.Kind != SqlTokenKind.Literal)
        {
            rest.Skip();
        }

        return rest.AtEnd || !MayHit(rest.Text) ? null : new PostgreSqlBlockReader(_dialect).Statements(PostgreSqlBlockReader.Content(rest.Text)).Select(Hit).FirstOrDefault(hit => hit is not null);
    }

    private OwnTableHit? Hit(string statement) => Read(_dialect.ReadTokens(statement));

    private bool MayHit(ReadOnlySpan<char> code) =>
        code.Contains(Tables.History, StringComparison.OrdinalIgnoreCase) || code.Contains("SCHEMA", StringComparison.OrdinalIgnoreCase) || code.Contains("OWNED", StringComparison.OrdinalIgnoreCase);
}
