using MongoDB.Bson;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>A database in which another tool has applied two migrations of three: how its documents say so, and what the files are called.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="First">The file of the first migration, without its extension.</param>
/// <param name="Second">The file of the second.</param>
/// <param name="Documents">The documents, as the tool writes them, in the shell's own types.</param>
public sealed record MongoDbForeignHistory(string Tool, string Collection, string First, string Second, string Documents)
{
    private const string Time = """{ "$date": "2026-01-02T03:04:05Z" }""";

    /// <summary>Whether the tool records when it applied a migration, or the test's does: 2026-01-02 03:04:05.</summary>
    public bool HasTimes => Tool is not ("golang-migrate" or "mongo.migration");

    /// <summary>The documents, each with an <c>_id</c>: never the empty one, which the driver replaces.</summary>
    public IReadOnlyList<BsonDocument> Read() =>
    [
        .. BsonDocument.Parse($"{{ \"all\": [ {Documents} ] }}")["all"].AsBsonArray.Cast<BsonDocument>().Select((document, index) =>
        {
            document.InsertAt(0, new BsonElement("_id", new ObjectId($"{index + 1:x24}")));
            return document;
        }),
    ];

    /// <summary>One for each tool.</summary>
    public static IReadOnlyList<MongoDbForeignHistory> All { get; } =
    [
        new("migrate-mongo", "changelog", "20260102030405_create_users", "20260103030405_add_orders", $$"""
            { "fileName": "20260102030405-create_users.js", "appliedAt": {{Time}} },
            { "fileName": "20260103030405-add_orders.js", "fileHash": "abc", "appliedAt": {{Time}}, "migrationBlock": 1767323045000.0 }
            """),
        new("mongo-migrate-ts", "migrations_changelog", "20260102030405_create_users", "20260103030405_add_orders", """
            { "file": "/app/migrations/20260102030405_CreateUsers.js", "className": "CreateUsers20260102030405", "timestamp": 1767323045000.0 },
            { "file": "/app/migrations/20260103030405_AddOrders.js", "className": "AddOrders20260103030405", "timestamp": 1767323045001.0 }
            """),
        new("migrate-mongoose", "migrations", "1767323045000_create_users", "1767409445000_add_orders", $$"""
            { "name": "create-users", "state": "up", "createdAt": {{Time}}, "updatedAt": {{Time}}, "__v": 0 },
            { "name": "add-orders", "state": "up", "createdAt": { "$date": "2026-01-03T03:04:05Z" }, "updatedAt": {{Time}}, "__v": 0 },
            { "name": "third", "state": "down", "createdAt": { "$date": "2026-01-04T03:04:05Z" }, "updatedAt": {{Time}}, "__v": 0 }
            """),
        new("mongock", "mongockChangeLog", "001_create_users", "002_add_orders", $$"""
            { "executionId": "e", "changeId": "system-change-00001", "author": "mongock", "timestamp": {{Time}}, "state": "EXECUTED", "type": "EXECUTION", "changeLogClass": "io.System", "changeSetMethod": "execution", "metadata": {}, "executionMillis": 1, "executionHostname": "h", "errorTrace": null, "systemChange": true },
            { "executionId": "e", "changeId": "create-users", "author": "ann", "timestamp": {{Time}}, "state": "EXECUTED", "type": "EXECUTION", "changeLogClass": "shop.CreateUsers", "changeSetMethod": "execution", "metadata": {}, "executionMillis": 1, "executionHostname": "h", "errorTrace": null, "systemChange": false },
            { "executionId": "e", "changeId": "002-add-orders", "author": "ann", "timestamp": {{Time}}, "state": "EXECUTED", "type": "EXECUTION", "changeLogClass": "shop.AddOrders", "changeSetMethod": "execution", "metadata": {}, "executionMillis": 1, "executionHostname": "h", "errorTrace": null, "systemChange": false }
            """),
        new("mongodbmigrations", "_migrations", "001_create_users", "002_add_orders", $$"""
            { "n": "Create users", "v": "1.0.0", "d": true, "applied": {{Time}} },
            { "n": "Add orders", "v": "1.1.0", "d": true, "applied": {{Time}} }
            """),
        new("mongo.migration", "_migrations", "001_create_users", "002_add_orders", """
            { "MigrationId": "Shop.Migrations.M001_CreateUsers", "Version": "0.0.1" },
            { "MigrationId": "Shop.Migrations.AddOrders", "Version": "0.0.2" }
            """),
        new("flyway", "flyway_schema_history", "001_create_users", "002_add_orders", """
            { "installed_rank": 1, "version": "1", "description": "create users", "type": "JSON", "script": "V1__create_users.json", "checksum": 7, "installed_on": "2026-01-02 03:04:05.0", "installed_by": "ann", "execution_time": 1, "success": true },
            { "installed_rank": 2, "version": "1.1", "description": "add orders", "type": "JS", "script": "V1_1__add_orders.js", "checksum": 7, "installed_on": "2026-01-02 03:04:05.0", "installed_by": "ann", "execution_time": 1, "success": true }
            """),
        new("liquibase", "DATABASECHANGELOG", "001_create_users", "002_add_orders", $$"""
            { "fileName": "db/001_create_users.js", "id": "raw", "author": "ann", "md5sum": "9:abc", "dateExecuted": {{Time}}, "tag": null, "execType": "EXECUTED", "description": "mongo", "comments": "", "contexts": null, "labels": null, "deploymentId": "1", "orderExecuted": 1, "liquibase": "5.0.0" },
            { "fileName": "db/root.xml", "id": "002-add-orders", "author": "ann", "md5sum": "9:abc", "dateExecuted": {{Time}}, "tag": null, "execType": "EXECUTED", "description": "createCollection", "comments": "", "contexts": null, "labels": null, "deploymentId": "1", "orderExecuted": 2, "liquibase": "5.0.0" }
            """),
        new("golang-migrate", "schema_migrations", "000001_create_users", "000002_add_orders", """{ "version": 2, "dirty": false }"""),
    ];
}
