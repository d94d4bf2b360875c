using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Lint;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests;

/// <summary>A kind of database that there is not.</summary>
public sealed class FakeDefinition(string name, string[]? aliases = null, string[]? schemes = null, DatabaseAdapter? adapter = null) : AdapterDefinition
{
    public override string Name => name;

    public override IReadOnlyList<string> Aliases => aliases ?? [];

    public override IReadOnlyList<string> UrlSchemes => schemes ?? [];

    public override string ConnectionVariable => $"{name.ToUpperInvariant()}_URL";

    public override IReadOnlyList<string> ToolFolders { get; } = [$"{name}-tool/migrations"];

    public override string ConnectionForm => $"{name}:somewhere";

    public override ScriptLanguage Language => SqliteDialect.Instance;

    public override LintProfile Lint => SqliteLint.Profile;

    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => new FakeConfig(settings, $"{name} at {connection}");

    public override DatabaseAdapter Create(DatabaseConfig config) => adapter!;

    /// <summary>A configuration of nothing.</summary>
    public sealed class FakeConfig(DatabaseSettings settings, string target = "nowhere") : DatabaseConfig(settings)
    {
        public override string Target => target;
    }
}
