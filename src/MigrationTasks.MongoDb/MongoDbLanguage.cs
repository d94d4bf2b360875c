using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Json;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.MongoDb;

/// <summary>MongoDB's commands as Extended JSON.</summary>
internal sealed class MongoDbLanguage : JsonCommandLanguage
{
    public static readonly MongoDbLanguage Instance = new();

    /// <inheritdoc/>
    public override string NothingToDo => """{ "ping": 1 }""";

    /// <inheritdoc/>
    public override bool StatementsDecideTransaction => true;

    /// <inheritdoc/>
    public override bool ServerDecidesTransaction => true;

    /// <inheritdoc/>
    protected internal override OwnTableWatch WatchOwnTables(OwnTableSet tables) => new MongoDbOwnTableWatch(tables);

    /// <inheritdoc/>
    protected override StatementKind Classify(string name, string text, SourceLocation location) =>
        MongoDbCommand.Read(text, location).FitsTransaction ? StatementKind.Ordinary : StatementKind.NeedsNoTransaction;
}
