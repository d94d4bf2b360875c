using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Connections of one kind of database.</summary>
public abstract class ConnectionFuzz : SecretFuzz
{
    protected override string[] Codes => ["MIG1007"];

    private protected abstract AdapterDefinition Adapter { get; }

    protected override void Read(string input) => _ = Configure(input).Target;

    private protected DatabaseConfig Configure(string connection) =>
        Adapter.Configure(connection, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "DATABASE_URL" });
}
