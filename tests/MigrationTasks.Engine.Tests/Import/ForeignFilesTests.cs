using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Import;

/// <summary>What each tool's files become, as tables: a file is its name and its text, lines separated by bars.</summary>
[TestClass]
public sealed class ForeignFilesTests : IDisposable
{
    private const string Ours = "migrations/postgresql";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("V1__init.sql V2__add_x.sql", "1_init.sql 2_add_x.sql", DisplayName = "whole versions stay as they are written")]
    [DataRow("V001__init.sql V20260102030405__x.sql", "001_init.sql 20260102030405_x.sql", DisplayName = "zeros and times too")]
    [DataRow("V1__init.sql V1.1__add_x.sql V1_10__y.sql V2__z.sql", "1000_init.sql 1001_add_x.sql 1010_y.sql 2000_z.sql", DisplayName = "dots and underscores keep their order, and a place for what comes between")]
    [DataRow("V1.0__a.sql V2.0.0__b.sql", "1_a.sql 2_b.sql", DisplayName = "zeros behind a dot do not count")]
    [DataRow("V9.9.9__a.sql V10.0.1__b.sql", "09009009_a.sql 10000001_b.sql", DisplayName = "three parts, and two digits before the first dot")]
    [DataRow("V1.20260102__a.sql V2.5__b.sql", "120260102_a.sql 200000005_b.sql", DisplayName = "a date behind the dot")]
    [DataRow("V1__.sql V2__a.down.sql V3__ Hello  World .SQL", "1_unnamed.sql 2_a_down.sql 3_Hello__World.sql", DisplayName = "no name, a name that would be a rollback's, and blanks")]
    [DataRow("V1__a.sql U1__a.sql R__Some_views.sql", "1_a.sql 1_a.down.sql R__Some_views.sql", DisplayName = "what undoes one, and what repeats")]
    [DataRow("V1__a.sql sub/V2__b.sql", "1_a.sql 2_b.sql", DisplayName = "folders within")]
    public void Flyways_names_become_ours(string theirs, string ours)
    {
        foreach (var name in theirs.Split(".sql ", StringSplitOptions.RemoveEmptyEntries).Select(name => name.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) ? name : name + ".sql"))
        {
            _folder.Write($"sql/{name}", "SELECT 2;\n");
        }

        Assert.AreEqual(ours, string.Join(' ', Convert().Files.Select(file => file.Name)));
    }

    [TestMethod]
    public void A_baseline_of_Flyway_takes_the_place_of_all_up_to_it()
    {
        Write("sql/V1__a.sql", "SELECT 1;").Write("sql/V2__b.sql", "SELECT 2;").Write("sql/B1__old.sql", "SELECT 3;").Write("sql/B2__all.sql", "SELECT 4;").Write("sql/V3__c.sql", "SELECT 5;");

        var conversion = Convert();

        Assert.AreEqual("2_all.sql 3_c.sql", string.Join(' ', conversion.Files.Select(file => file.Name)));
        Assert.AreEqual("B1__old.sql V1__a.sql V2__b.sql", string.Join(' ', conversion.LeftOut.Select(left => left.Source).Order(StringComparer.Ordinal)));
        Assert.AreEqual("2_all.sql 1 2", $"{conversion.Baseline} {string.Join(' ', conversion.Replaced.Order())}");
    }

    [TestMethod]
    public void What_Flyway_runs_otherwise_is_said_or_asked_for()
    {
        Write("sql/V1__a.sql", "SELECT 1;").Write("sql/V2__b.sql", "VACUUM;").Write("sql/V3__c.sql", "SELECT 3;").Write("sql/V3__c.sql.conf", "executeInTransaction=false")
            .Write("sql/V4__Program.java", "class").Write("sql/V5__e.sql", "SELECT '${flyway:database}';").Write("sql/afterMigrate.sql", "SELECT 1;").Write("sql/v6__small.sql", "SELECT 1;");

        var conversion = Convert();

        Assert.AreEqual("-- Transaction: none\n\nVACUUM;\n", Text(conversion, "2_b.sql"));
        Assert.AreEqual("-- Transaction: none\n\nSELECT 3;\n", Text(conversion, "3_c.sql"));
        Assert.AreEqual("afterMigrate.sql: it is a callback, which Flyway runs each time; v6__small.sql: its name is no migration's", string.Join("; ", conversion.LeftOut.Select(left => $"{left.Source}: {left.Reason}")));
        var problem = Assert.ThrowsExactly<MigrationException>(() => conversion.Check([]));
        Assert.AreEqual("MIG1052", problem.Code);
        Assert.Contains("V4__Program.java: it is a program; write what it does in SQL, into 4_Program.sql; V5__e.sql: only Flyway fills in ${flyway:…}; write it without, into 5_e.sql", problem.Message);

        conversion.Check(["4_mine.sql", "5_e.sql"]);
        Assert.AreEqual("4_mine.sql", conversion.NameOf("V4__Program.java"));
    }

    [TestMethod]
    [DataRow("goose", "00001_a.sql", "-- +goose Up|CREATE TABLE a (x int);||-- +goose Down|DROP TABLE a;|", "CREATE TABLE a (x int);|", "DROP TABLE a;|", DisplayName = "goose")]
    [DataRow("goose", "00001_a.sql", "-- +GOOSE UP|SELECT 2;|--+goose down|SELECT 3;|", "SELECT 2;|", "SELECT 3;|", DisplayName = "goose: in capitals, and close together")]
    [DataRow("goose", "00001_a.sql", "-- +goose NO TRANSACTION|-- +goose Up|CREATE INDEX CONCURRENTLY i ON a (x);|-- +goose Down|DROP INDEX CONCURRENTLY i;|", "-- Transaction: none||CREATE INDEX CONCURRENTLY i ON a (x);|", "-- Transaction: none||DROP INDEX CONCURRENTLY i;|", DisplayName = "goose: no transaction, in both directions")]
    [DataRow("goose", "00001_a.sql", "-- +goose Up|-- +goose StatementBegin|CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$|SELECT 1;|$$|-- done|-- +goose StatementEnd|SELECT 2;|", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$|SELECT 1;|$$|-- done|;|SELECT 2;|", null, DisplayName = "goose: a statement without a semicolon at its end")]
    [DataRow("goose", "00001_a.sql", "-- +goose Up|-- +goose StatementBegin|SELECT 1; -- one|-- +goose StatementEnd|", "SELECT 1; -- one|", null, DisplayName = "goose: a statement with one")]
    [DataRow("goose", "00001_a.sql", "-- Users, at last|-- +goose Up|-- +goose Down|", "-- Users, at last|SELECT 1;|", null, DisplayName = "goose: nothing in either direction")]
    [DataRow("dbmate", "20260102030405-a.sql", "-- migrate:up|SELECT 2;||-- migrate:down|SELECT 3;|", "SELECT 2;|", "SELECT 3;|", DisplayName = "dbmate: another separator")]
    [DataRow("dbmate", "20260102030405_a.sql", "-- migrate:up transaction:false|ALTER TYPE t ADD VALUE 'x'|-- migrate:down|", "-- Transaction: none||ALTER TYPE t ADD VALUE 'x'|", null, DisplayName = "dbmate: no transaction")]
    [DataRow("dbmate", "20260102030405_a.sql", "-- migrate:up foo:bar transaction:false|SELECT 2;|-- migrate:down transaction:false|SELECT 3;|", "-- Transaction: none||SELECT 2;|", "-- Transaction: none||SELECT 3;|", DisplayName = "dbmate: several options")]
    [DataRow("dbmate", "20260102030405_a.sql", "-- migrate:up transaction:true|SELECT 2;|-- migrate:down|", "SELECT 2;|", null, DisplayName = "dbmate: a transaction")]
    [DataRow("dbmate", "20260102030405_a.sql", "-- migrate:up|SELECT 2;|-- migrate:down|SELECT 3;|-- migrate:up|SELECT 4;|-- migrate:down|SELECT 5;|", "SELECT 2;|SELECT 4;|", "SELECT 3;|SELECT 5;|", DisplayName = "dbmate: two sections")]
    [DataRow("sql-migrate", "20260102030405-a.sql", "-- +migrate Up notransaction|SELECT 2;|-- +migrate Down|SELECT 3;|", "-- Transaction: none||SELECT 2;|", "SELECT 3;|", DisplayName = "sql-migrate")]
    [DataRow("node-pg-migrate", "1767323045678_add-a.sql", "-- Up Migration|SELECT 2;|-- Down Migration|SELECT 3;|", "SELECT 2;|", "SELECT 3;|", DisplayName = "node-pg-migrate")]
    public void Marks_in_a_file_divide_it(string tool, string name, string text, string up, string? down)
    {
        Write($"db/migrations/{name}", Lines(text));

        var conversion = Convert("db/migrations");

        Assert.AreEqual(tool, conversion.Format.Title);
        Assert.AreEqual(Lines(up), conversion.Files[0].Text);
        Assert.AreEqual(down is null ? null : Lines(down), conversion.Files.Skip(1).SingleOrDefault()?.Text);
    }

    [TestMethod]
    public void Line_ends_stay_as_they_are_and_the_byte_order_mark_goes()
    {
        File.WriteAllBytes(_folder.Write("db/migrations/1_a.sql"), [0xEF, 0xBB, 0xBF, .. "-- migrate:up transaction:false\r\nSELECT 2;\r\n\r\n-- migrate:down\r\nSELECT 3;\r\n"u8]);

        Assert.AreEqual("-- Transaction: none\r\n\r\nSELECT 2;\r\n SELECT 3;\r\n", string.Join(' ', Convert().Files.Select(file => file.Text)));
    }

    [TestMethod]
    [DataRow("-- +goose ENVSUB ON|-- +goose Up|SELECT '${USER}';|", "1_a.sql: it is filled in from the environment; write it with placeholders, into 1_a.sql")]
    [DataRow("SELECT 1;|-- +goose Up|SELECT 2;|", "1_a.sql: it has statements before its first mark, into 1_a.sql")]
    public void What_no_program_can_turn_into_ours_is_said(string text, string reason)
    {
        Write("db/migrations/1_a.sql", Lines(text)).Write("db/migrations/2_b.go", "package").Write("db/migrations/2_b_test.go", "package");

        var problem = Assert.ThrowsExactly<MigrationException>(() => Convert().Check([]));

        Assert.Contains(reason, problem.Message);
        Assert.Contains("2_b.go: it is a program", problem.Message);
    }

    [TestMethod]
    public void Two_files_a_migration_become_one_and_its_rollback()
    {
        Write("db/migrations/000001_a.up.sql", "SELECT 2;").Write("db/migrations/000001_a.down.sql", "SELECT 3;").Write("db/migrations/000002_b.up.sql", "CREATE INDEX CONCURRENTLY i ON a (x);\n")
            .Write("db/migrations/000003_c.up.sql", "").Write("db/migrations/000004_d.down.sql", "SELECT 4;");

        var conversion = Convert();

        Assert.AreEqual("golang-migrate", conversion.Format.Title);
        Assert.AreEqual(
            "000001_a.sql=SELECT 2;|000001_a.down.sql=SELECT 3;|000002_b.sql=-- Transaction: none\n\nCREATE INDEX CONCURRENTLY i ON a (x);|000003_c.sql=SELECT 1;",
            string.Join('|', conversion.Files.Select(file => $"{file.Name}={file.Text.TrimEnd()}")));
        Assert.AreEqual("000004_d.down.sql", conversion.LeftOut.Single().Source);
    }

    [TestMethod]
    public void Files_are_looked_for_where_tools_have_them_and_several_places_are_a_question()
    {
        Assert.AreEqual("MIG1051", Assert.ThrowsExactly<MigrationException>(() => Convert()).Code);
        Write("db/migrations/1_a.sql", "-- migrate:up\nSELECT 1;\n").Write("src/main/resources/db/migration/V1__a.sql", "SELECT 1;").Write($"{Ours}/001_own.sql", "SELECT 1;");

        var problem = Assert.ThrowsExactly<MigrationException>(() => Convert());
        Assert.AreEqual("MIG1051", problem.Code);
        Assert.StartsWith("Several folders have files of another tool: src/main/resources/db/migration of Flyway, db/migrations of dbmate.", problem.Message);
        Assert.AreEqual("dbmate", Convert("db/migrations").Format.Title);
        Assert.AreEqual("Flyway", Convert(tool: "flyway").Format.Title);
        Assert.Contains("no such folder", Assert.ThrowsExactly<MigrationException>(() => Convert("nowhere")).Message);
        Assert.Contains("Move those of the other tool", Assert.ThrowsExactly<MigrationException>(() => Convert(Ours)).Message);
    }

    [TestMethod]
    public void A_second_time_nothing_is_written_and_nothing_is_ever_overwritten()
    {
        Write("sql/V1__a.sql", "SELECT 1;").Write("sql/V1.1__b.sql", "SELECT 2;");
        var folder = new ConvertedFolder(_folder.PathOf(Ours), PostgreSqlDialect.Instance);
        folder.Write(Convert(), folder.Plan(Convert()));
        Assert.AreEqual("SELECT 2;\n", File.ReadAllText(_folder.PathOf($"{Ours}/1001_b.sql")));
        Assert.IsTrue(folder.Plan(Convert()).All(file => file.Outcome == FileOutcome.AlreadyThere));

        Write("sql/V1.1.1__c.sql", "SELECT 3;");
        Assert.Contains("1001000_b.sql is there as 1001_b.sql", Assert.ThrowsExactly<MigrationException>(() => folder.Plan(Convert())).Message);
        File.Delete(_folder.PathOf("sql/V1.1.1__c.sql"));
        Write($"{Ours}/1001_b.sql", "SELECT 4;");
        var problem = Assert.ThrowsExactly<MigrationException>(() => folder.Plan(Convert()));
        Assert.AreEqual("MIG1053", problem.Code);
        Assert.Contains("1001_b.sql is there with another content", problem.Message);
    }

    private static string Lines(string text) => text.Replace('|', '\n');

    private static string Text(Conversion conversion, string name) => conversion.Files.Single(file => file.Name == name).Text;

    private ForeignFilesTests Write(string name, string text)
    {
        _folder.Write(name, text);
        return this;
    }

    private Conversion Convert(string? folder = null, string? tool = null) => ForeignFolder
        .Find(_folder.Path, _folder.PathOf(Ours), new ImportOptions(tool is null ? null : KnownTools.ForName(tool)) { Folder = folder })
        .Convert(_folder.PathOf(Ours), PostgreSqlDialect.Instance);
}
