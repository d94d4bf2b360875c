using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>PostgreSQL, by <c>DATABASE_URL</c>.</summary>
public sealed class PostgreSqlDefinition : AdapterDefinition
{
    /// <inheritdoc/>
    public override string Name => "postgresql";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["postgres"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UrlSchemes => PostgreSqlUrl.Schemes;

    /// <inheritdoc/>
    public override string ConnectionVariable => "DATABASE_URL";

    /// <inheritdoc/>
    public override string ConnectionForm => PostgreSqlConfig.Form;

    /// <inheritdoc/>
    public override ScriptLanguage Language => PostgreSqlDialect.Instance;

    /// <inheritdoc/>
    public override LintProfile Lint => PostgreSqlLint.PostgreSql;

    /// <inheritdoc/>
    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => PostgreSqlConfig.Parse(connection, settings);

    /// <inheritdoc/>
    public override DatabaseAdapter Create(DatabaseConfig config) => new PostgreSqlAdapter((PostgreSqlConfig)config);
}
