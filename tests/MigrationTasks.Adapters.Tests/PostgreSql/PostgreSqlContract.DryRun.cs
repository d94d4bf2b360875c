using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

public abstract partial class PostgreSqlContract
{
    [TestMethod]
    public Task A_script_says_to_psql_what_a_run_says_to_the_server() => ScriptDoesWhatARunDoesAsync(
        project => project.Write("001_a.sql", CreateT + "INSERT INTO t VALUES (0, 'first');\nCOPY t (a, b) FROM stdin;\n1\tit's; 😀 \\\\ \\t :b ${x}\n2\t\\N\n\\.\n\nUPDATE t SET b = 'second' WHERE a = 2;\ncopy t from STDIN with (format csv, header, delimiter ';');\na;b\n3;\"two\nlines\"\n\\.\nCOPY t FROM stdin;\n\\.\n")
            .Write("002_b.sql", "COPY t FROM stdin;\r\n4\twindows\r\n5\t\\N\r\n\\.\r\nINSERT INTO t VALUES (6, 'last');\r\n"),

        // psql has variables of these names from its start.
        project => project.Write("003_c.sql", """
            CREATE TABLE s AS SELECT (array[1, 2, 3])[1:ENCODING] AS a, (array[1, 2])["DBNAME" :"USER"] AS b, '{1,2}'::int[] AS c, ':DBNAME \d'::text AS d, E'\'\\:DBNAME' AS e, $$\q :DBNAME$$ AS f, /* \q */
              ":DBNAME" AS g -- \q :DBNAME
            FROM (VALUES (2, 1, 2, 1)) AS v (ENCODING, "DBNAME", "USER", ":DBNAME");
            CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE plpgsql AS $fn$ DECLARE x int := a; BEGIN RETURN x; END $fn$;
            CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN f(a := 2) END; END;
            CREATE RULE r AS ON DELETE TO t DO ALSO (SELECT 1; SELECT 2);
            DO 'BEGIN PERFORM 1; END';
            """),

        // A deferred constraint is checked at the end, and a setting that it needs is still there then.
        project => project.Write("004_d.sql", """
            -- Lock timeout: 7s
            CREATE TABLE p (id int PRIMARY KEY);
            CREATE TABLE q (id int REFERENCES p DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO q VALUES (1);
            INSERT INTO p VALUES (1);
            CREATE TABLE u AS SELECT current_setting('lock_timeout') AS l, current_setting('client_encoding') AS e, current_setting('standard_conforming_strings') AS s;
            """)
            .Write("005_e.sql", "-- Transaction: none\nCREATE INDEX CONCURRENTLY t_b ON t (b);\nCOPY t FROM stdin;\n7\tseven\n\\.\nCREATE TABLE w AS SELECT current_setting('lock_timeout') AS l;\n"));

    [TestMethod]
    public async Task A_dump_of_pg_dump_goes_through_a_script()
    {
        Project.Write("001_a.sql", CreateT + "INSERT INTO t VALUES (1, E'x\\\\y\tz :DBNAME'), (2, NULL);\nSELECT lo_from_bytea(4711, 'some bytes');\n");
        (await Project.MigrateAsync()).Succeeded();
        var dump = Database.Dump();
        await using var target = await CreateTwinAsync();
        using var project = new MigrationProject(Definition, target.Connection);
        project.Write("001_dump.sql", dump.Replace("schema_migrations", "old_migrations", StringComparison.Ordinal));

        var (exitCode, output) = target.RunScript((await project.DryRunAsync()).Succeeded().ScriptFile!);

        Assert.AreEqual(0, exitCode, output);
        Assert.AreEqual("1|x\\y\tz :DBNAME, 2|", string.Join(", ", await target.QueryAsync("SELECT a, b FROM t ORDER BY a")));
    }

    [TestMethod]
    public async Task A_script_undoes_what_the_start_up_file_of_psql_sets()
    {
        var script = (await Project.Write("001_a.sql", "CREATE TABLE a (b text DEFAULT 'é😀');\n").Write("002_b.sql", "-- Transaction: none\nVACUUM a;\nINSERT INTO nowhere VALUES (1);\nSELECT 1;\n").DryRunAsync()).Succeeded().ScriptFile!;
        var startUp = Path.Combine(Project.Path, "psqlrc");
        File.WriteAllText(startUp, "\\set AUTOCOMMIT off\n\\set ON_ERROR_ROLLBACK on\n\\set SINGLELINE on\n\\set a x\n\\encoding LATIN1\n\\i " + script + "\n");

        Assert.Contains("nowhere", Database.RunScript(startUp).Output);

        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|running");
        await RowsAreAsync("SELECT statements_done FROM schema_migrations WHERE status = 'running'", "1");
        await RowsAreAsync("SELECT column_default FROM information_schema.columns WHERE table_name = 'a'", "'é😀'::text");
    }
}
