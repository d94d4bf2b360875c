using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Lint;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>SQLite: a database in one file, with no server.</summary>
public sealed class SqliteDefinition : AdapterDefinition
{
    internal const string Form = "sqlite:app.db";

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["sqlite3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UrlSchemes => ["sqlite"];

    /// <inheritdoc/>
    public override string ConnectionVariable => "SQLITE_URL";

    /// <inheritdoc/>
    public override string ConnectionForm => Form;

    /// <inheritdoc/>
    public override string EmbeddedConnection => "sqlite::memory:";

    /// <inheritdoc/>
    public override ScriptLanguage Language => SqliteDialect.Instance;

    /// <inheritdoc/>
    public override LintProfile Lint => SqliteLint.Profile;

    /// <inheritdoc/>
    public override DatabaseConfig Configure(string connection, DatabaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        return SqliteConfig.Create(SqliteConnectionText.Parse(connection, settings.Variable, ConnectionForm), settings);
    }

    /// <inheritdoc/>
    public override DatabaseAdapter Create(DatabaseConfig config) => new SqliteAdapter((SqliteConfig)config);
}
