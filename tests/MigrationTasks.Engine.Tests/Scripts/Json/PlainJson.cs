using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Json;

namespace MigrationTasks.Engine.Tests.Scripts.Json;

/// <summary>A language of JSON commands in which every command may run, and <c>vacuum</c> only outside a transaction.</summary>
internal sealed class PlainJson : JsonCommandLanguage
{
    public static readonly PlainJson Instance = new();

    public override string NothingToDo => """{ "ping": 1 }""";

    protected override StatementKind Classify(string name, string text, SourceLocation location) =>
        name == "vacuum" ? StatementKind.NeedsNoTransaction : StatementKind.Ordinary;
}
