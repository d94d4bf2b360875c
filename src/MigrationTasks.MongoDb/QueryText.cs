using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>A query that was interpolated: what stands in its holes becomes a BSON value, and never a part of the text.</summary>
internal static class QueryText
{
    private const string Hole = "$migrationTasksArgument";

    /// <summary>Makes a command of a query.</summary>
    /// <exception cref="MigrationException">MIG2034 when it is none.</exception>
    public static MongoDbCommand Read(FormattableString query)
    {
        var holes = Enumerable.Range(0, query.ArgumentCount).Select(number => (object)new BsonDocument(Hole, number).ToJson()).ToArray();
        var command = MongoDbCommand.Read(string.Format(CultureInfo.InvariantCulture, query.Format, holes), default);
        return command with { Document = (BsonDocument)Fill(command.Document, query.GetArguments()) };
    }

    private static BsonValue Fill(BsonValue value, object?[] arguments) => value switch
    {
        BsonDocument { ElementCount: 1 } hole when hole.Contains(Hole) => BsonValues.Of(arguments[hole[Hole].ToInt32()]),
        BsonDocument document => new BsonDocument(document.Elements.Select(element => new BsonElement(element.Name, Fill(element.Value, arguments)))),
        BsonArray array => new BsonArray(array.Select(item => Fill(item, arguments))),
        _ => value,
    };
}
