using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Scripts;

namespace DuckDbSample;

/// <summary>DuckDB: what is known of it before anybody connects. MigrationTasks finds this class by itself.</summary>
public sealed class DuckDbDefinition : AdapterDefinition
{
    public override string Name => "duckdb";

    public override IReadOnlyList<string> UrlSchemes => ["duckdb"];

    public override string ConnectionVariable => "DUCKDB_URL";

    public override string ConnectionForm => "duckdb:app.duckdb";

    public override ScriptLanguage Language { get; } = new DuckDbDialect();

    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => DuckDbConfig.Parse(connection, settings, ConnectionForm);

    public override DatabaseAdapter Create(DatabaseConfig config) => new DuckDbAdapter((DuckDbConfig)config);
}
