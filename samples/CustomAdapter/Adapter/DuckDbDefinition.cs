using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace DuckDbSample;

/// <summary>DuckDB: what is known of it before anybody connects. MigrationTasks finds this class by itself.</summary>
public sealed class DuckDbDefinition : AdapterDefinition
{
    private static readonly DuckDbDialect Dialect = new();

    public override string Name => "duckdb";

    public override IReadOnlyList<string> UrlSchemes => ["duckdb"];

    public override string ConnectionVariable => "DUCKDB_URL";

    public override string ConnectionForm => "duckdb:app.duckdb";

    public override ScriptLanguage Language => Dialect;

    // What lint knows of any SQL database, and what it should know of this one.
    public override LintProfile Lint { get; } = new(Dialect, NameCase.Ignored, new StatementRule("DUCK001", WritesFiles));

    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => DuckDbConfig.Parse(connection, settings, ConnectionForm);

    public override DatabaseAdapter Create(DatabaseConfig config) => new DuckDbAdapter((DuckDbConfig)config);

    private static string? WritesFiles(SqlTokens statement) => statement.Take("EXPORT")
        ? "This writes a database into a folder of the machine that migrates. Export it with the duckdb program, apart from migrations."
        : null;
}
