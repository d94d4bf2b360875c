using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Sqlite.Scripts;

/// <summary>SQLite: the tables are in <c>main</c>, and what a script attaches is another database.</summary>
internal sealed class SqliteOwnTableWatch(OwnTableSet tables) : SqlOwnTableWatch(tables with { Schema = null }, StringComparison.OrdinalIgnoreCase)
{
    /// <inheritdoc/>
    public override string Rename(string name) => $"ALTER TABLE {Tables.History} RENAME TO {name};";

    /// <inheritdoc/>
    protected override string Fold(ReadOnlySpan<char> text, bool isQuoted) => text.ToString();

    // A string may stand where a name is meant.
    /// <inheritdoc/>
    protected override bool IsName(SqlTokens tokens) => base.IsName(tokens) || tokens.Kind == SqlTokenKind.Literal;

    /// <inheritdoc/>
    protected override bool IsCurrent(bool creates) => true;

    /// <inheritdoc/>
    protected override bool IsHolder(string schema) => schema.Equals("main", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override OwnTableThreat? ThreatOfAlter(SqlTokens rest) => rest.Take("RENAME") || rest.Take("DROP") ? OwnTableThreat.Rename : null;
}
