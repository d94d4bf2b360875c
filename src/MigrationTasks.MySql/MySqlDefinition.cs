using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Lint;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.MySql;

/// <summary>MySQL and MariaDB, by <c>MYSQL_URL</c>.</summary>
public sealed class MySqlDefinition : AdapterDefinition
{
    /// <summary>For how long the lock of a run in a cluster outlives the run.</summary>
    internal TimeSpan LeaseLength { get; init; } = RunLease.StandardLength;

    /// <inheritdoc/>
    public override string Name => "mysql";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["mariadb"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UrlSchemes => MySqlUrl.Schemes;

    /// <inheritdoc/>
    public override string ConnectionVariable => "MYSQL_URL";

    /// <inheritdoc/>
    public override string ConnectionForm => MySqlConfig.Form;

    /// <inheritdoc/>
    public override ScriptLanguage Language => MySqlDialect.Instance;

    /// <inheritdoc/>
    public override LintProfile Lint => MySqlLint.Profile;

    /// <inheritdoc/>
    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => MySqlConfig.Parse(connection, settings, LeaseLength);

    /// <inheritdoc/>
    public override DatabaseAdapter Create(DatabaseConfig config) => new MySqlAdapter((MySqlConfig)config);
}
