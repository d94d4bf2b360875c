using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb.Lint;

namespace MigrationTasks.MongoDb;

/// <summary>MongoDB, by <c>MONGODB_URL</c>. Nothing of its driver is loaded before a database of it is configured or a migration read.</summary>
public sealed class MongoDbDefinition : AdapterDefinition
{
    /// <inheritdoc/>
    public override string Name => "mongodb";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["mongo"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UrlSchemes => ["mongodb", "mongodb+srv"];

    /// <inheritdoc/>
    public override string ConnectionVariable => "MONGODB_URL";

    /// <inheritdoc/>
    public override string ConnectionForm => "mongodb://user:password@host:27017/database";

    /// <inheritdoc/>
    public override ScriptLanguage Language => MongoDbLanguage.Instance;

    /// <summary>A script is for mongosh.</summary>
    /// <inheritdoc/>
    public override string ScriptExtension => ".js";

    /// <inheritdoc/>
    public override string ScriptComment => MongoShell.Comment;

    /// <inheritdoc/>
    public override LintProfile? Lint => MongoDbLint.Profile;

    /// <inheritdoc/>
    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => MongoDbConfig.Parse(connection, settings, ConnectionForm);

    /// <inheritdoc/>
    public override DatabaseAdapter Create(DatabaseConfig config) => new MongoDbAdapter((MongoDbConfig)config);
}
