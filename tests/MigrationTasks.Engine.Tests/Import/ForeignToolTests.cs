using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Tests.Import;

/// <summary>What each tool's rows mean, as a table: a row a line, its values separated by bars, an empty one for NULL.</summary>
[TestClass]
public sealed class ForeignToolTests
{
    private const string Flyway = "installed_rank|version|description|type|script|installed_on|success";
    private const string Evolve = "id|type|version|description|name|installed_on|success";
    private const string Liquibase = "id|author|filename|dateexecuted|orderexecuted|exectype|description";
    private const string Prisma = "migration_name|finished_at|rolled_back_at|started_at";
    private const string Mongock = "changeId|author|timestamp|state|type|systemChange";

    [TestMethod]
    [DataRow("flyway", Flyway, "2|2|add orders|SQL|V2__add_orders.sql|2026-01-02 03:04:05|t\n1|1|create users|SQL|V1__create_users.sql|2026-01-02 03:04:05|t", "Applied 1 create users, Applied 2 add orders", DisplayName = "Flyway: in the order of its ranks")]
    [DataRow("flyway", Flyway, "0||<< Flyway Schema Creation >>|SCHEMA|\"shop\"|2026-01-01|t\n1|1|<< Flyway Baseline >>|BASELINE|<< Flyway Baseline >>|2026-01-01|t", "WithoutFile - << Flyway Schema Creation >>, BaselineUpTo 1 << Flyway Baseline >>", DisplayName = "Flyway: what it notes for itself")]
    [DataRow("flyway", Flyway, "1|3|base|SQL_BASELINE|B3__base.sql|2026-01-01|1\n2|4|next|JDBC|db.migration.V4__Next|2026-01-01|1", "BaselineUpTo 3 base, Applied 4 next", DisplayName = "Flyway: a baseline migration, and one in Java")]
    [DataRow("flyway", Flyway, "1|1|a|SQL|V1__a.sql|2026-01-01|t\n2|2|b|SQL|V2__b.sql|2026-01-01|t\n3|2|b|UNDO_SQL|U2__b.sql|2026-01-01|t", "Applied 1 a", DisplayName = "Flyway: undone")]
    [DataRow("flyway", Flyway, "1|1|a|SQL|V1__a.sql|2026-01-01|t\n2|1|a|UNDO_SQL|U1__a.sql|2026-01-01|t\n3|1|a|SQL|V1__a.sql|2026-01-01|t", "Applied 1 a", DisplayName = "Flyway: undone and applied again")]
    [DataRow("flyway", Flyway, "1|1|a|SQL|V1__a.sql|2026-01-01|t\n2|2|b|SQL|V2__b.sql|2026-01-01|t\n3|2|b|DELETE|V2__b.sql|2026-01-01|t", "Applied 1 a", DisplayName = "Flyway: deleted by a repair")]
    [DataRow("flyway", Flyway, "1||views|SQL|R__views.sql|2026-01-01|t\n2||views|SQL|R__views.sql|2026-01-02|t\n3||rights|SQL|R__rights.sql|2026-01-02|t", "Repeatable - views, Repeatable - rights", DisplayName = "Flyway: repeatable ones, once each")]
    [DataRow("flyway", Flyway, "1|1|a|SQL|V1__a.sql|2026-01-01|f", "Failed 1 a", DisplayName = "Flyway: failed")]
    [DataRow("evolve", Evolve, "1|2|0|Empty schema found: public.|public|2026-01-01|t\n2|0|1.0|create users (12 ms)|V1_0__create_users.sql|2026-01-01|t\n3|4||views (3 ms)|R__views.sql|2026-01-01|t", "WithoutFile 0 Empty schema found: public., Applied 1.0 create users, Repeatable - views", DisplayName = "Evolve")]
    [DataRow("evolve", Evolve, "1|3|3|Skip migrations until version 3 excluded.|StartVersion = 3|2026-01-01|1", "BaselineBefore 3 Skip migrations until version 3 excluded.", DisplayName = "Evolve: a start version")]
    [DataRow("evolve", Evolve, "1|0|1|a|V1__a.sql|2026-01-01|0\n2|0|1|a (1 ms)|V1__a.sql|2026-01-01|1\n3|0|2|b|V2__b.sql|2026-01-01|0", "Applied 1 a, Failed 2 b", DisplayName = "Evolve: failed, and corrected")]
    [DataRow("liquibase", Liquibase, "2|ann|db/002_b.sql|2026-01-01|2|EXECUTED|sql\nraw|ann|db/001_a.sql|2026-01-01|1|RERAN|sql", "Applied 001 a, Applied 002 b", DisplayName = "Liquibase: a file a change set")]
    [DataRow("liquibase", Liquibase, "1|ann|log.xml|2026-01-01|1|EXECUTED|createTable\n2-add-orders|ann|log.xml|2026-01-01|2|MARK_RAN|createTable\nnotes|ann|log.xml|2026-01-01|3|EXECUTED|sql", "Applied 1 , Applied 2 add-orders, Applied - notes", DisplayName = "Liquibase: several in one file go by their ids")]
    [DataRow("liquibase", Liquibase, "t|ann|log.xml|2026-01-01|1|EXECUTED|tagDatabase 'v1'\nx|ann|log.xml|2026-01-01|2|FAILED|sql\ny|ann|log.xml|2026-01-01|3|SKIPPED|sql", "WithoutFile - t, Failed - x, WithoutFile - y", DisplayName = "Liquibase: a tag, a failure, one left out")]
    [DataRow("efcore", "MigrationId|ProductVersion", "20260102030405_CreateUsers|10.0.0\n20250102030405_Initial|9.0.0", "Applied 20250102030405 Initial, Applied 20260102030405 CreateUsers", DisplayName = "EF Core")]
    [DataRow("efcore", "migration_id|product_version", "20260102030405_create_users|10.0.0", "Applied 20260102030405 create_users", DisplayName = "EF Core with underscores")]
    [DataRow("dbup", "schemaversionsid|scriptname|applied", "1|001_create_users.sql|2026-01-01\n2|sub/002_b.sql|2026-01-01\n3|Shop.Scripts.Script0003 - Add orders.sql|2026-01-01\n4|Shop.Data.004_to_v1.2.sql|2026-01-01", "Applied 001 create_users, Applied 002 b, Applied 0003 Add orders, Applied 004 to_v1.2", DisplayName = "DbUp: files and resources")]
    [DataRow("grate", "id|script_name|one_time_script|entry_date", "1|001_a.sql|t|2026-01-01\n2|views/users.sql|f|2026-01-01\n3|views/users.sql|f|2026-01-02", "Applied 001 a, Repeatable - users", DisplayName = "grate")]
    [DataRow("golang-migrate", "version|dirty", "3|f", "AppliedUpTo 3 -", DisplayName = "golang-migrate")]
    [DataRow("golang-migrate", "version|dirty", "3|1", "Failed - -", DisplayName = "golang-migrate: dirty")]
    [DataRow("golang-migrate", "version|dirty", "-1|f", "", DisplayName = "golang-migrate: before the first")]
    [DataRow("dbmate", "version", "20260102030405\n20250102030405", "Applied 20250102030405 -, Applied 20260102030405 -", DisplayName = "dbmate")]
    [DataRow("ecto", "version|inserted_at", "20260102030405|2026-01-02 03:04:05\n20250102030405|2025-01-02 03:04:05", "Applied 20250102030405 -, Applied 20260102030405 -", DisplayName = "Ecto")]
    [DataRow("goose", "id|version_id|is_applied|tstamp", "1|0|t|2026-01-01\n2|1|t|2026-01-01\n3|2|t|2026-01-01\n4|2|f|2026-01-01\n5|3|1|2026-01-01", "Applied 1 -, Applied 3 -", DisplayName = "goose: the newest row of a version counts")]
    [DataRow("prisma", Prisma, "2_b|||2026-01-01\n1_a|2026-01-01||2026-01-01", "Applied 1 a, Failed 2 b", DisplayName = "Prisma: not finished")]
    [DataRow("prisma", Prisma, "1_a||2026-01-02|2026-01-01\n1_a|2026-01-03||2026-01-03", "Applied 1 a", DisplayName = "Prisma: rolled back and applied again")]
    [DataRow("supabase", "version|statements|name", "20260102030405|{}|create_users\n20250102030405||", "Applied 20250102030405 , Applied 20260102030405 create_users", DisplayName = "Supabase CLI")]
    [DataRow("node-pg-migrate", "id|name|run_on", "1|1767323045678_create-users|2026-01-01", "Applied 1767323045678 create-users", DisplayName = "node-pg-migrate")]
    [DataRow("fluentmigrator", "Version|AppliedOn|Description", "2|2026-01-01|Adds the orders, at last\n1|2026-01-01|CreateUsers", "Applied 1 -, Applied 2 -", DisplayName = "FluentMigrator")]
    [DataRow("liquibase", Liquibase, "x|ann|db/001_a.js|2026-01-01|1|EXECUTED|mongo", "Applied 001 a", DisplayName = "Liquibase: a script of MongoDB's shell")]
    [DataRow("migrate-mongo", "fileName|appliedAt", "20260103030405-add_orders.js|2026-01-03\n20260102030405-create_users.js|2026-01-02\n20260104030405.mjs|2026-01-04", "Applied 20260102030405 create_users, Applied 20260103030405 add_orders, Applied 20260104030405 ", DisplayName = "migrate-mongo: in the order of its times")]
    [DataRow("migrate-mongo", "fileName|appliedAt", "1-a.js|2026-01-02\n2-b.ts|2026-01-03\n1-a.js|2026-01-04", "Applied 2 b, Applied 1 a", DisplayName = "migrate-mongo: run again when it changed")]
    [DataRow("mongo-migrate-ts", "file|className|timestamp", "/app/migrations/20260103030405_AddOrders.js|AddOrders20260103030405|2026-01-03\n/app/migrations/20260102030405_CreateUsers.js|CreateUsers20260102030405|2026-01-02", "Applied 20260102030405 CreateUsers, Applied 20260103030405 AddOrders", DisplayName = "mongo-migrate-ts")]
    [DataRow("migrate-mongoose", "name|state|createdAt|updatedAt", "add-orders|down|2026-01-02T03:04:06Z|\ncreate-users|up|2026-01-02T03:04:05.678Z|2026-01-03", "Applied 1767323045678 create-users", DisplayName = "migrate-mongoose: what is down is not applied")]
    [DataRow("mongock", Mongock, "002-add-orders|ann|2026-01-03|EXECUTED|EXECUTION|false\ncreate-users|ann|2026-01-02||| ", "Applied - create-users, Applied 002 add-orders", DisplayName = "Mongock: by the id; without a state, as Mongobee has it")]
    [DataRow("mongock", Mongock, "system-change-00001|mongock|2026-01-01|EXECUTED|EXECUTION|true\na_before|ann|2026-01-01|EXECUTED|BEFORE_EXECUTION|false", "WithoutFile - system-change-00001, WithoutFile - a_before", DisplayName = "Mongock: what it notes for itself")]
    [DataRow("mongock", Mongock, "1-a|ann|2026-01-01|EXECUTED|EXECUTION|\n1-a|ann|2026-01-02|IGNORED|EXECUTION|\n2-b|ann|2026-01-01|EXECUTED|EXECUTION|\n2-b|ann|2026-01-02|ROLLED_BACK|EXECUTION|\n3-c|ann|2026-01-01|FAILED|EXECUTION|\n3-c|ann|2026-01-02|EXECUTED|EXECUTION|\n4-d|ann|2026-01-03|ROLLBACK_FAILED|EXECUTION|", "Applied 1 a, Applied 3 c, Failed 4 d", DisplayName = "Mongock: the newest of a change counts, unless it was passed over")]
    [DataRow("mongodbmigrations", "n|v|d|applied", "create users|1.0.0|true|2026-01-01\nadd orders|1.1.0|true|2026-01-02\nadd notes|1.2.0|true|2026-01-03\nadd notes|1.2.0|false|2026-01-04", "Applied 1.0.0 create users, Applied 1.1.0 add orders", DisplayName = "MongoDBMigrations: the newest of a version counts")]
    [DataRow("mongo.migration", "_id|MigrationId|Version", "6b|Shop.Migrations.AddOrders|0.0.2\n6a|Shop.Migrations.M001_CreateUsers|0.0.1\n6c|Shop.All+Notes|2.0.0", "Applied 001 CreateUsers, Applied 0.0.2 AddOrders, Applied 2.0.0 Notes", DisplayName = "Mongo.Migration: by the class, whose version comes first")]
    public void Rows_become_entries(string tool, string columns, string rows, string entries) =>
        Assert.AreEqual(entries, string.Join(", ", Read(tool, columns, rows).Select(entry => $"{entry.Kind} {entry.Version ?? "-"} {entry.Title ?? "-"}")));

    [TestMethod]
    public void Times_are_carried_over_however_they_are_stored()
    {
        var expected = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        foreach (var value in new object?[] { "2026-01-02 03:04:05", "2026-01-02T05:04:05+02:00", expected, expected.UtcDateTime, expected.ToUnixTimeMilliseconds(), (double)expected.ToUnixTimeMilliseconds() })
        {
            var row = new ForeignRow(["version_id", "is_applied", "tstamp", "id"], ["1", "t", value, "1"]);
            Assert.AreEqual(expected, KnownTools.ForName("goose").Read([row]).Single().AppliedAt, $"{value}");
        }

        Assert.IsNull(new ForeignRow(["t"], ["yesterday"]).Time("t"));
        Assert.IsNull(new ForeignRow(["t"], [3L]).Time("t"));
        Assert.IsNull(new ForeignRow(["t"], [1.5e300]).Time("t"));
        Assert.IsNull(new ForeignRow(["t"], [null]).Time("T"));
    }

    [TestMethod]
    [DataRow("flyway", "installed_rank version description type script checksum installed_by installed_on execution_time success")]
    [DataRow("liquibase", "ID AUTHOR FILENAME DATEEXECUTED ORDEREXECUTED EXECTYPE MD5SUM DESCRIPTION COMMENTS TAG LIQUIBASE CONTEXTS LABELS DEPLOYMENT_ID")]
    [DataRow("efcore", "MigrationId ProductVersion")]
    [DataRow("efcore", "migration_id product_version")]
    [DataRow("dbup", "SchemaVersionID ScriptName Applied")]
    [DataRow("evolve", "id type version description name checksum installed_by installed_on success")]
    [DataRow("grate", "id version_id script_name text_of_script text_hash one_time_script entry_date modified_date entered_by")]
    [DataRow("golang-migrate", "version dirty")]
    [DataRow("ecto", "version inserted_at")]
    [DataRow("dbmate", "version")]
    [DataRow("goose", "id version_id is_applied tstamp")]
    [DataRow("prisma", "id checksum finished_at migration_name logs rolled_back_at started_at applied_steps_count")]
    [DataRow("supabase", "version statements name")]
    [DataRow("node-pg-migrate", "id name run_on")]
    [DataRow("fluentmigrator", "Version AppliedOn Description")]
    [DataRow("flyway", "_id installed_rank version description type script checksum installed_on installed_by execution_time success", DisplayName = "Flyway on MongoDB")]
    [DataRow("liquibase", "_id fileName id author md5sum dateExecuted tag execType description comments contexts labels deploymentId orderExecuted liquibase", DisplayName = "Liquibase on MongoDB")]
    [DataRow("golang-migrate", "_id version dirty", DisplayName = "golang-migrate on MongoDB")]
    [DataRow("migrate-mongo", "_id fileName appliedAt")]
    [DataRow("migrate-mongo", "_id fileName fileHash appliedAt migrationBlock")]
    [DataRow("mongo-migrate-ts", "_id file className timestamp")]
    [DataRow("migrate-mongoose", "_id name createdAt state __v")]
    [DataRow("migrate-mongoose", "_id name state createdAt updatedAt __v", DisplayName = "ts-migrate-mongoose")]
    [DataRow("mongock", "_id executionId changeId author timestamp state type changeLogClass changeSetMethod executionMillis executionHostname metadata systemChange")]
    [DataRow("mongock", "_id changeId author timestamp changeLogClass changeSetMethod", DisplayName = "Mongobee")]
    [DataRow("mongodbmigrations", "_id n v d applied")]
    [DataRow("mongo.migration", "_id MigrationId Version")]
    [DataRow(null, "_id version", DisplayName = "A collection whose documents have a version")]
    [DataRow(null, "id fileName appliedAt", DisplayName = "A table that is like a collection of migrate-mongo")]
    [DataRow(null, "id name state createdAt updatedAt", DisplayName = "A table that is like a collection of migrate-mongoose")]
    [DataRow(null, "id changeId author timestamp changeLogClass changeSetMethod", DisplayName = "A table that is like a collection of Mongock")]
    [DataRow(null, "n v d applied", DisplayName = "A table that is like a collection of MongoDBMigrations")]
    [DataRow(null, "id name")]
    [DataRow(null, "")]
    public void A_table_is_recognised_by_its_columns(string? tool, string columns) =>
        Assert.AreEqual(tool, KnownTools.Recognise(columns.Split(' ', StringSplitOptions.RemoveEmptyEntries))?.Name);

    [TestMethod]
    public void A_usual_table_is_known_by_its_name_in_any_case_and_in_its_schema()
    {
        Assert.IsTrue(KnownTools.ForName("LIQUIBASE").IsUsualTable(new HistoryTableName("app", "DATABASECHANGELOG")));
        Assert.IsTrue(KnownTools.ForName("grate").IsUsualTable(new HistoryTableName("grate", "ScriptsRun")));
        Assert.IsFalse(KnownTools.ForName("grate").IsUsualTable(new HistoryTableName("public", "ScriptsRun")));
        Assert.IsFalse(KnownTools.ForName("supabase").IsUsualTable(new HistoryTableName("public", "schema_migrations")));
    }

    [TestMethod]
    [DataRow(RowStores.Tables, "prisma", true)]
    [DataRow(RowStores.Tables, "migrate-mongo", false)]
    [DataRow(RowStores.Collections, "migrate-mongo", true)]
    [DataRow(RowStores.Collections, "prisma", false)]
    [DataRow(RowStores.Tables, "flyway", true)]
    [DataRow(RowStores.Collections, "flyway", true)]
    public void A_tool_is_looked_for_in_databases_that_it_knows(RowStores stores, string tool, bool isLookedFor) =>
        Assert.AreEqual(isLookedFor, KnownTools.Of(new Catalog(stores)).Any(other => other.Name == tool));

    [TestMethod]
    [DataRow(RowStores.Tables, "the usual tables of", "MigrateImportTable=schema.table", "has no such table. Name it with its schema.", "(its columns: one)")]
    [DataRow(RowStores.Collections, "the usual collections of", "MigrateImportTable=collection", "has no such collection. Name one that it has.", "(its fields: one)")]
    public async Task Messages_speak_of_what_the_database_keeps_rows_in(RowStores stores, string usual, string example, string missing, string unknown)
    {
        var none = await ChooseAsync(new Catalog(stores), null);
        Assert.Contains(usual, none);
        Assert.Contains(example, none);
        Assert.Contains(missing, await ChooseAsync(new Catalog(stores), "theirs"));
        Assert.Contains(unknown, await ChooseAsync(new Catalog(stores, new TableShape(new HistoryTableName(null, "theirs"), ["one"])), "theirs"));
    }

    [TestMethod]
    public void A_tool_that_nobody_knows_is_an_error_that_lists_those_that_are_known()
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => KnownTools.ForName("flywheel"));

        Assert.AreEqual("MIG1010", exception.Code);
        Assert.Contains("MigrateImportFrom is 'flywheel', but must be one of: dbmate, dbup, ecto, efcore, evolve, fluentmigrator, flyway, ", exception.Message);
    }

    private static IEnumerable<ForeignEntry> Read(string tool, string columns, string rows) => KnownTools.ForName(tool)
        .Read([.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => new ForeignRow(columns.Split('|'), [.. row.Split('|').Select(value => value.Length == 0 ? null : value)]))]);

    private static async Task<string> ChooseAsync(Catalog catalog, string? table) => (await Assert.ThrowsExactlyAsync<MigrationException>(
        () => ForeignHistories.ChooseAsync(catalog, new ImportOptions(Table: table is null ? null : HistoryTableName.Parse(table)), "app", default))).Message;

    private sealed record Catalog(RowStores Stores, params TableShape[] Tables) : ITableCatalog
    {
        public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<TableShape>>(Tables);

        public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IReadOnlyList<object?>>>([]);
    }
}
