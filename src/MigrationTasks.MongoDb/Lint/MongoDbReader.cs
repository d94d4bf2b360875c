using System.Text.Json;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>
/// Reads a migration of MongoDB: what its commands do to collections, and the <c>lint</c> field of its header. It knows the commands that
/// the rules ask for; a collection is what a table is to them, and a field what a column is.
/// </summary>
/// <param name="header">The migration's header.</param>
/// <param name="file">The migration's full path.</param>
internal sealed class MongoDbReader(MigrationHeader header, string file) : LintReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>All of them are about the whole file: a command has no place for a comment.</summary>
    public override IReadOnlyList<LintIgnore> Ignores { get; } =
        [.. header.LintLines.Select(line => LintIgnore.ParseField(line.Text, new SourceLocation(file, line.Line, line.Column)))];

    public override IReadOnlyList<SqlAction> Read(ScriptStatement statement)
    {
        using var document = JsonDocument.Parse(statement.Text, Options);
        var command = new CommandDocument(document.RootElement, new JsonNames(statement), new SourceLocation(file, statement.Line, statement.Column));
        return [.. ActionsOf(command).Distinct()];
    }

    private static IEnumerable<SqlAction> ActionsOf(CommandDocument command) => command.Name switch
    {
        "create" => Create(command),
        "drop" => command.Collection is { } dropped ? [new DropTable(command.Location, dropped)] : [],
        "dropDatabase" => [new DropDatabase(command.Location)],
        "renameCollection" => Rename(command),
        "createIndexes" => MongoDbIndexes.Created(command),
        "dropIndexes" or "deleteIndexes" => MongoDbIndexes.Dropped(command),
        "collMod" => Modify(command),
        "update" => MongoDbWrites.Updated(command),
        "delete" => MongoDbWrites.Deleted(command),
        "aggregate" => MongoDbWrites.Written(command),
        _ => [],
    };

    private static IEnumerable<SqlAction> Create(CommandDocument command) => command.Collection is not { } created ? []
        : command.Has("viewOn") ? [new CreateView(command.Location, created)]
        : [new CreateTable(command.Location, created, [])];

    private static IEnumerable<SqlAction> Rename(CommandDocument command)
    {
        if (command.NamespaceOf("renameCollection") is not { } from || command.NamespaceOf("to") is not { } to)
        {
            yield break;
        }

        if (command.IsTrue("dropTarget"))
        {
            yield return new DropTable(command.Location, to);
        }

        yield return new RenameTable(command.Location, from, to);
    }

    private static IEnumerable<SqlAction> Modify(CommandDocument command)
    {
        if (command.Collection is not { } table)
        {
            return [];
        }

        var validator = command.Document.Field("validator") is { ValueKind: JsonValueKind.Object } rules && rules.EnumerateObject().Any();
        var isLenient = command.Document.Field("validationLevel").Text() is "moderate" or "off" || command.Document.Field("validationAction").Text() == "warn";
        return [.. validator && !isLenient ? [new SetValidator(command.Location, table)] : Array.Empty<SqlAction>(), .. MongoDbIndexes.Hidden(command, table)];
    }
}
