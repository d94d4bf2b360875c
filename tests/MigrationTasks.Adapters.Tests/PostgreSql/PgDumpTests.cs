using System.Text.RegularExpressions;
using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What pg_dump writes is a migration as it is: applied to another database, it makes the same.</summary>
[TestClass]
public sealed partial class PgDumpTests : PostgreSqlTest
{
    // Something of all that has a syntax of its own in a dump.
    private const string Rich = """
        CREATE SCHEMA app;
        CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
        CREATE TYPE app.pair AS (a int, b text);
        CREATE DOMAIN app.email AS text CHECK (VALUE ~ '@');
        CREATE TABLE app.users (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email app.email NOT NULL UNIQUE, mood app.mood DEFAULT 'ok',
          tags text[], doc jsonb, bin bytea, pair app.pair, note text, up text GENERATED ALWAYS AS (upper(note)) STORED);
        COMMENT ON TABLE app.users IS 'it''s; a $$ comment \ with a backslash
        and a second line';
        CREATE TABLE app.orders (
          id serial PRIMARY KEY, user_id bigint REFERENCES app.users DEFERRABLE INITIALLY DEFERRED,
          total numeric(10,2) CHECK (total >= 0), at timestamptz DEFAULT '2026-01-01Z');
        CREATE TABLE app.parts (k int, v text) PARTITION BY RANGE (k);
        CREATE TABLE app.parts_1 PARTITION OF app.parts FOR VALUES FROM (0) TO (100);
        CREATE TABLE app.parents (a int);
        CREATE TABLE app.children (b int) INHERITS (app.parents);
        CREATE UNLOGGED TABLE app.empty ();
        CREATE TABLE "odd "" name; --" ("a b" int, "Ä" text);
        CREATE INDEX ON app.orders (user_id) WHERE total > 0;
        CREATE STATISTICS app.s ON id, total FROM app.orders;
        CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $fn$ BEGIN NEW.note := coalesce(NEW.note, 'x;y'); RETURN NEW; END $fn$;
        CREATE FUNCTION app.total(u bigint) RETURNS numeric LANGUAGE sql BEGIN ATOMIC SELECT sum(CASE WHEN total > 0 THEN total END) FROM app.orders WHERE user_id = u; END;
        CREATE PROCEDURE app.nothing() LANGUAGE sql AS 'SELECT ''a''''b'';';
        CREATE AGGREGATE app.glue(text) (SFUNC = textcat, STYPE = text, INITCOND = '''');
        CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
        CREATE TRIGGER touch BEFORE INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();
        CREATE VIEW app.v AS SELECT u.id, app.total(u.id) AS t FROM app.users u;
        CREATE MATERIALIZED VIEW app.mv AS SELECT count(*) FROM app.orders;
        CREATE RULE r AS ON DELETE TO app.orders DO ALSO (SELECT 1; SELECT 2);
        ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON app.users USING (mood <> 'sad');
        CREATE PUBLICATION pub FOR TABLE app.orders;
        INSERT INTO app.users (email, tags, doc, bin, pair, note) VALUES
          ('a@b', '{a,"b c",NULL}', '{"a": "\\n"}', '\x00ff', '(1,"x,y")', E'tab\there\nnewline \\. \\N ${x} $1 $2b$12$x'), ('c@d', NULL, NULL, NULL, NULL, NULL),
          ('ü😀@x', '{}', 'null', '', '(,)', '\.'), ('e@f', NULL, NULL, NULL, NULL, E'\\.\n\\.\r\n;''"$$--/*');
        INSERT INTO app.orders (user_id, total) SELECT 1 + g % 4, g FROM generate_series(1, 5000) g;
        INSERT INTO app.parts SELECT g, 'v' || g FROM generate_series(0, 99) g;
        INSERT INTO app.children VALUES (1, 2);
        INSERT INTO "odd "" name; --" VALUES (1, ''), (2, NULL);
        SELECT lo_from_bytea(4711, 'some bytes'), lo_from_bytea(4712, decode(repeat('00ff', 20000), 'hex'));
        COMMENT ON LARGE OBJECT 4711 IS 'large';
        """;

    [TestMethod]
    [DataRow("", DisplayName = "as it is")]
    [DataRow("--no-owner --no-privileges --quote-all-identifiers", DisplayName = "with all names quoted")]
    [DataRow("--column-inserts --disable-dollar-quoting", DisplayName = "as inserts")]
    [DataRow("--schema=app --serializable-deferrable", DisplayName = "of one schema")]
    public async Task A_dump_makes_the_same_database(string options)
    {
        var arguments = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await CreateRichAsync();
        var dump = Dump(Database, arguments);
        await using var target = await Server.CreateDatabaseAsync();

        var report = await ProjectAt(target.Url).Write("001_dump.sql", dump).Write("002_more.sql", "INSERT INTO app.parents VALUES (3);\nDELETE FROM app.parents WHERE a = 3;\n").MigrateAsync();

        report.Applied("001_dump.sql", "002_more.sql");
        Assert.AreEqual(Contents(dump), Contents(Dump(target, arguments)));
    }

    [TestMethod]
    public async Task A_dump_in_two_parts_makes_the_same_database()
    {
        await CreateRichAsync();
        await using var target = await Server.CreateDatabaseAsync();

        ProjectAt(target.Url).Write("001_schema.sql", Dump(Database, "--schema-only")).Write("002_data.sql", Dump(Database, "--data-only", "--disable-triggers"))
            .Write("003_refresh.sql", "REFRESH MATERIALIZED VIEW app.mv;");

        (await Project.MigrateAsync()).Applied("001_schema.sql", "002_data.sql", "003_refresh.sql");
        Assert.AreEqual(Contents(Dump(Database)), Contents(Dump(target)));
    }

    [TestMethod]
    public async Task A_row_of_a_dump_that_does_not_fit_is_named_by_its_line()
    {
        await CreateRichAsync();
        var lines = Dump(Database).Split('\n');
        var row = Array.FindIndex(lines, line => line.StartsWith("1234\t", StringComparison.Ordinal));
        lines[row] = lines[row].Replace("1234.00", "12e34.00", StringComparison.Ordinal);
        await using var target = await Server.CreateDatabaseAsync();

        (await ProjectAt(target.Url).Write("001_dump.sql", string.Join('\n', lines)).MigrateAsync())
            .FailedWith("MIG4005").At(Project.PathOf("001_dump.sql"), row + 1, 1).Says("Column: total.").Says("rolled back");
    }

    private async Task CreateRichAsync()
    {
        using var source = new MigrationProject(new PostgreSqlDefinition(), Database.Url);
        (await source.Write("001_rich.sql", Rich).MigrateAsync()).Succeeded();
    }

    private static string Dump(TestDatabase database, params string[] options) => database.Dump([.. options, "--exclude-table=public.schema_migrations"]);

    // All but the key, which is another one each time.
    private static string Contents(string dump) => Key().Replace(dump, "");

    [GeneratedRegex(@"^\\(un)?restrict .*\n?", RegexOptions.Multiline)]
    private static partial Regex Key();
}
