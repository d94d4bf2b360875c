using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.MySql.Scripts;

/// <summary>MySQL and MariaDB: a schema is a database, and <c>USE</c> says which one is meant.</summary>
// Whether the case of a table's name counts is a matter of the server's file system: what differs in it alone is taken for the same.
internal sealed class MySqlOwnTableWatch : SqlOwnTableWatch
{
    private string? _current;

    public MySqlOwnTableWatch(OwnTableSet tables)
        : base(tables, StringComparison.OrdinalIgnoreCase) => _current = tables.Database;

    /// <inheritdoc/>
    public override string DumpWithout => Tables.Schema is null ? $"mysqldump --ignore-table=<database>.{Tables.History}" : $"mysqldump --ignore-table={Tables.HistoryName}";

    // The usual database has another name wherever the project is deployed.
    /// <inheritdoc/>
    public override string NameOf(string table) => Tables.Schema == Tables.Database ? table : Tables.Qualify(table);

    /// <inheritdoc/>
    public override string Rename(string name) => $"RENAME TABLE {Tables.HistoryName} TO {Tables.Qualify(name)};";

    /// <inheritdoc/>
    public override string MakePlace(string place) => $"CREATE DATABASE {place};";

    /// <inheritdoc/>
    public override string Move(string place) => $"{MakePlace(place)} RENAME TABLE {Tables.HistoryName} TO {place}.{Tables.History};";

    /// <inheritdoc/>
    protected override string Fold(ReadOnlySpan<char> text, bool isQuoted) => text.ToString();

    // So a name is quoted where the script has ANSI_QUOTES.
    /// <inheritdoc/>
    protected override bool IsName(SqlTokens tokens) => base.IsName(tokens) || (tokens.Kind == SqlTokenKind.Literal && tokens.Text[0] == '"');

    // Without a connection, the usual database has no name on either side.
    /// <inheritdoc/>
    protected override bool IsCurrent(bool creates) => string.Equals(_current, Tables.Schema, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override OwnTableThreat? ThreatOfAlter(SqlTokens rest)
    {
        do
        {
            if (rest.Take("RENAME"))
            {
                if (!rest.Take("INDEX") && !rest.Take("KEY"))
                {
                    return OwnTableThreat.Rename;
                }
            }
            else if (rest.Take("CHANGE") || (rest.Take("DROP") && rest.Take("COLUMN")))
            {
                return OwnTableThreat.Rename;
            }
            else if (rest.Take("ADD") && (rest.Take("PRIMARY") || (rest.Take("CONSTRAINT") && (rest.Take("PRIMARY") || (TakePart(ref rest, out _) && rest.Take("PRIMARY"))))))
            {
                return OwnTableThreat.Create;
            }
        }
        while (SkipPastComma(ref rest));
        return null;
    }

    /// <inheritdoc/>
    protected override SqlTableName? NewNameOf(SqlTokens rest, SqlTableName table)
    {
        do
        {
            if (rest.Take("RENAME"))
            {
                _ = rest.Take("TO") || rest.Take("AS") || rest.Take('=');
                return TakeName(ref rest, out var name) ? name : null;
            }
        }
        while (SkipPastComma(ref rest));
        return null;
    }

    /// <inheritdoc/>
    protected override OwnTableHit? ReadDropOther(SqlTokens rest)
    {
        if (!rest.Take("DATABASE") && !rest.Take("SCHEMA"))
        {
            return null;
        }

        TakeIfExists(ref rest);
        return TakePart(ref rest, out var name) && IsHolder(name) ? new OwnTableHit(OwnTableThreat.Drop, Tables.HistoryName, $"database {Tables.Schema}") : null;
    }

    /// <inheritdoc/>
    protected override OwnTableHit? ReadOther(ReadOnlySpan<char> keyword, SqlTokens rest)
    {
        switch (keyword)
        {
            case "USE" when TakePart(ref rest, out var database):
                _current = database;
                return null;
            case "RENAME" when rest.Take("TABLE") || rest.Take("TABLES"):
                return ReadRename(rest);
            case "LOAD" when Has(rest, "INTO"):
                while (!rest.Take("INTO"))
                {
                    rest.Skip();
                }

                rest.Take("TABLE");
                return TakeName(ref rest, out var table) ? Hit(table, OwnTableThreat.Fill) : null;
            default:
                return null;
        }
    }

    private OwnTableHit? ReadRename(SqlTokens rest)
    {
        do
        {
            TakeIfExists(ref rest);
            if (!TakeName(ref rest, out var from) || !rest.Take("TO") || !TakeName(ref rest, out var to))
            {
                return null;
            }

            if ((Hit(from, OwnTableThreat.Rename) ?? Hit(to, OwnTableThreat.Create)) is { } hit)
            {
                return hit;
            }
        }
        while (rest.Take(','));
        return null;
    }

    private static bool SkipPastComma(ref SqlTokens tokens)
    {
        while (!tokens.AtEnd)
        {
            if (tokens.Take(','))
            {
                return true;
            }

            if (tokens.Kind == SqlTokenKind.OpenParenthesis)
            {
                tokens.SkipParentheses();
            }
            else
            {
                tokens.Skip();
            }
        }

        return false;
    }
}
