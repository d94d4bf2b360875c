using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>MongoDB with a driver that is recorded.</summary>
/// <param name="scenario">What it answers.</param>
/// <param name="time">The clock by which the run lock is renewed.</param>
internal sealed class RecordedMongoDb(MongoDbScenario scenario, TimeProvider time) : AdapterDefinition
{
    private readonly MongoDbDefinition _definition = new();

    public override string Name => _definition.Name;

    public override IReadOnlyList<string> UrlSchemes => _definition.UrlSchemes;

    public override string ConnectionVariable => _definition.ConnectionVariable;

    public override string ConnectionForm => _definition.ConnectionForm;

    public override ScriptLanguage Language => _definition.Language;

    public override string ScriptExtension => _definition.ScriptExtension;

    public override string ScriptComment => _definition.ScriptComment;

    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => _definition.Configure(connection, settings);

    public override DatabaseAdapter Create(DatabaseConfig config) => new MongoDbAdapter((MongoDbConfig)config, _ => RecordedDriver.Create(scenario), time);
}
