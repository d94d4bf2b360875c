using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.Sqlite.Lint;

namespace MigrationTasks.Engine.Tests.Lint;

/// <summary>Rules that look past the one file.</summary>
[TestClass]
public sealed class FolderRulesTests
{
    [TestMethod]
    public void A_migration_without_rollback_is_warned_of_once()
    {
        var warning = LintText.Warnings(SqliteLint.Profile, new LintOptions(), null, "CREATE TABLE t (a);\nCREATE TABLE u (a);").Single();

        Assert.AreEqual(("MIG5060", 1, 1), (warning.Code, warning.Location.Line, warning.Location.Column));
        Assert.Contains("001_a.down.sql", warning.Message);
    }

    [TestMethod]
    [DataRow("-- Rollback: DROP TABLE t;\nCREATE TABLE t (a);", null)]
    [DataRow("CREATE TABLE t (a);", "DROP TABLE t;")]
    public void A_rollback_may_stand_in_the_header_or_beside_the_migration(string script, string? rollback) =>
        Assert.IsEmpty(LintText.Warnings(SqliteLint.Profile, new LintOptions(), rollback, script));

    [TestMethod]
    [DataRow("CREATE TABLE t (a int);", "", "MIG5061(1,1)")]
    [DataRow("CREATE TABLE public.t (a int);", "ALTER TABLE u ENABLE ROW LEVEL SECURITY;", "MIG5061(1,1)")]
    [DataRow("CREATE TABLE t (a int); ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;", "", "")]
    [DataRow("CREATE TABLE t (a int);", "ALTER TABLE t ENABLE ROW LEVEL SECURITY;", "")]
    [DataRow("CREATE TABLE t (a int);", "ALTER TABLE t RENAME TO u; ALTER TABLE u ENABLE ROW LEVEL SECURITY;", "")]
    [DataRow("CREATE TABLE t (a int);", "DROP TABLE t;", "")]
    [DataRow("CREATE TABLE t (a int);", "ALTER TABLE t SET SCHEMA private;", "")]
    [DataRow("CREATE TABLE private.t (a int);", "", "")]
    [DataRow("CREATE TEMP TABLE t (a int);", "", "")]
    [DataRow("CREATE TABLE t (a int);", "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 't'); END $$;", "")]
    [DataRow("CREATE FUNCTION secure() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', x.object_identity); END $$; CREATE TABLE t (a int);", "", "")]
    [DataRow("CREATE FUNCTION secure() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE x ENABLE ROW LEVEL SECURITY; END $$; CREATE TABLE t (a int);", "", "MIG5061(1,117)")]
    public void A_table_that_everybody_can_reach_has_row_level_security(string script, string later, string warnings) =>
        Assert.AreEqual(warnings, LintText.Supabase(script, later));

    [TestMethod]
    [DataRow("ALTER TABLE a ENABLE ROW LEVEL SECURITY;", "b")]
    [DataRow("ALTER TABLE IF EXISTS ONLY public.a ENABLE ROW LEVEL SECURITY;", "b")]
    [DataRow("EXECUTE 'ALTER TABLE a ENABLE ROW LEVEL SECURITY';", "b")]
    [DataRow("EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'a');", "b")]
    [DataRow("EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', 'a');", "b")]
    [DataRow("FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP;", "")]
    [DataRow("FOREACH t IN ARRAY '{public.a}'::text[] LOOP EXECUTE 'ALTER TABLE ' || t || ' ENABLE ROW LEVEL SECURITY'; END LOOP;", "b")]
    [DataRow("EXECUTE 'ALTER TABLE \"' || 'a' || '\" ENABLE ROW LEVEL SECURITY';", "b")]
    [DataRow("EXECUTE 'DO ''BEGIN ALTER TABLE a ENABLE ROW LEVEL SECURITY; END''';", "b")]
    [DataRow("FOR t IN SELECT tablename FROM pg_tables LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP;", "")]
    [DataRow("FOR t IN SELECT tablename FROM pg_tables WHERE tablename IN ('a') LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP;", "b")]
    [DataRow("FOR t IN SELECT tablename FROM pg_tables WHERE tablename <> 'a' LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP;", "")]
    [DataRow("RAISE NOTICE 'ALTER TABLE a ENABLE ROW LEVEL SECURITY';", "a,b")]
    [DataRow("PERFORM 1; -- ALTER TABLE a ENABLE ROW LEVEL SECURITY", "a,b")]
    [DataRow("/* ENABLE ROW LEVEL SECURITY */ UPDATE c SET a = 'ROW LEVEL SECURITY';", "a,b")]
    [DataRow("ALTER TABLE a DISABLE ROW LEVEL SECURITY;", "a,b")]
    [DataRow("EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'c');", "a,b")]
    public void A_block_that_turns_row_level_security_on_does_so_for_the_tables_that_it_is_about(string code, string without)
    {
        var warnings = LintText.Warnings(PostgreSqlLint.Supabase, new LintOptions(), "SELECT 1;", $"CREATE TABLE a (x int);\nCREATE TABLE b (x int);\nDO $$ BEGIN {code}\nEND $$;");

        Assert.AreEqual(without, string.Join(',', warnings.Where(warning => warning.Code == "MIG5061").Select(warning => warning.Location.Line == 1 ? "a" : "b")));
    }

    [TestMethod]
    public void The_exposed_schemas_are_the_ones_that_the_project_names()
    {
        var options = new LintOptions() { ExposedSchemas = ["api"] };

        var warning = LintText.Warnings(PostgreSqlLint.Supabase, options, "SELECT 1;", "CREATE TABLE t (a int); CREATE TABLE api.t (a int);").Single();

        Assert.AreEqual(("MIG5061", 25), (warning.Code, warning.Location.Column));
        Assert.Contains("api.t", warning.Message);
    }

    [TestMethod]
    public void Plain_PostgreSQL_exposes_nothing() => Assert.AreEqual("", LintText.PostgreSql("CREATE TABLE t (a int);"));

    [TestMethod]
    public void Only_migrations_after_the_given_version_are_judged()
    {
        Assert.IsTrue(MigrationVersion.TryParse("2", out var two));

        var warnings = LintText.Warnings(SqliteLint.Profile, new LintOptions(After: two), "SELECT 1;", "DROP TABLE a;", "DROP TABLE b;", "DROP TABLE c;");

        Assert.EndsWith("003_a.sql", warnings.Single().Location.File!);
    }
}
