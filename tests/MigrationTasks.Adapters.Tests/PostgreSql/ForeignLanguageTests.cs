using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Nothing hangs on the words of a server: one that speaks German is understood as well.</summary>
[TestClass]
public sealed class ForeignLanguageTests : PostgreSqlTest
{
    private static readonly string[] Locales = ["de_DE.UTF-8", "en_US.UTF-8", "C.UTF-8"];

    [TestInitialize]
    public async Task SpeakGermanAsync()
    {
        // LANGUAGE decides what a locale speaks; whether it does for C.UTF-8 is up to the system.
        foreach (var locale in Locales)
        {
            if (await IsGermanAsync(locale))
            {
                await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET lc_messages = '{locale}'");
                return;
            }
        }

        await Require.ServerAsync<object>(() => throw new ServerUnavailableException("PostgreSQL speaks English in all of this machine's locales: localedef -i de_DE -f UTF-8 de_DE.UTF-8 adds one."));
    }

    [TestMethod]
    [DataRow("do $$\nbegin\n  raise exception 'boom';\nend $$;", 3, 3, "boom")]
    [DataRow("DO $$\nBEGIN\n  INSERT INTO\n    nosuch VALUES (1);\nEND $$;\n", 4, 5, "existiert nicht")]
    [DataRow("CREATE SCHEMA s2;\nCREATE FUNCTION s2.f1(x int) RETURNS int LANGUAGE plpgsql AS $body$\nBEGIN\n  RETURN x / 0;\nEND $body$;\n\nSELECT s2.f1(1);\n", 4, 3, "Division durch Null")]
    [DataRow("CREATE TABLE a1 (x1 int);\nCOPY a1 FROM stdin;\n1\nzwei\n\\.\n", 4, 1, "Column: x1.")]
    [DataRow("SELECT 1;\n SELECT nope;\n", 2, 9, "Spalte")]
    public async Task Places_are_found(string sql, int line, int column, string word) =>
        (await Project.Write("001_a.sql", sql).MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), line, column).Says(word);

    [TestMethod]
    [DataRow("")]
    [DataRow("-- Transaction: none\n")]
    [DataRow("-- Transaction: none\nBEGIN;\n")]
    public async Task A_statement_timeout_is_one(string header)
    {
        Project.CommandTimeout = TimeSpan.FromMilliseconds(300);
        Project.Write("001_a.sql", header + "SELECT pg_sleep(20);\n" + (header.Contains("BEGIN", StringComparison.Ordinal) ? "COMMIT;\n" : ""));

        (await Project.MigrateAsync()).FailedWith("MIG4012").Says("0.3 s");

        if (header.Length == 0)
        {
            (await Project.RehearseAsync()).FailedWith("MIG4012").Says("0.3 s");
        }
    }

    [TestMethod]
    public async Task A_statement_that_somebody_stopped_is_none()
    {
        Project.CommandTimeout = TimeSpan.FromSeconds(60);
        var observer = new RecordingObserver();
        var run = Project.Write("001_a.sql", "SELECT pg_sleep(20);\n").MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("001_a.sql"), run);

        while (!run.IsCompleted)
        {
            await Database.ExecuteAsync("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()");
        }

        (await run).FailedWith("MIG4005").Says("57014");
    }

    [TestMethod]
    [DataRow("PL/pgSQL function f(integer) line 3 at RAISE")]
    [DataRow("PL/pgSQL-Funktion f(integer) Zeile 3 bei RAISE")]
    [DataRow("fonction PL/pgSQL f(integer), ligne 3, à RAISE")]
    [DataRow("PL/pgSQL関数f(integer)の3行目 - RAISE")]
    [DataRow("在RAISE的第3行的PL/pgSQL函数f(integer)")]
    [DataRow("функция PL/pgSQL f(integer), строка 3, оператор RAISE")]
    [DataRow("función PL/pgSQL app2.f(t1, \"T 2\") en la línea 3 en RAISE")]
    public void The_line_in_a_function_is_read_in_any_language(string context)
    {
        var script = new Script("CREATE FUNCTION f(x int) RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RAISE 'x';\nEND $$;\nSELECT f(1);\n");
        var failed = script.ReadStatements().Last();

        Assert.AreEqual(3, StatementErrors.LocationOf(Said(context), script, failed).Line);
    }

    [TestMethod]
    [DataRow("COPY a1, line 2, column x1: \"zwei\"")]
    [DataRow("COPY a1, Zeile 2, Spalte x1: »zwei«")]
    [DataRow("COPY a1, ligne 2, colonne x1 : « zwei »")]
    [DataRow("a1のCOPY、行2、列x1: \"zwei\"")]
    [DataRow("COPY a1, 行 2, 列 x1: \"zwei\"")]
    public void So_is_that_of_a_row(string context)
    {
        var script = new Script("COPY a1 FROM stdin;\n1\nzwei\n\\.\n");

        Assert.AreEqual(3, StatementErrors.LocationOf(Said(context), script, script.ReadStatements().Single()).Line);
    }

    private static PostgresException Said(string context) => new("x", "ERROR", "ERROR", "22P02", where: $"x\n{context}");

    private async Task<bool> IsGermanAsync(string locale)
    {
        try
        {
            await Database.ExecuteAsync($"SET lc_messages = '{locale}'; SELECT nope");
            return false;
        }
        catch (PostgresException exception)
        {
            return exception.MessageText.Contains("existiert nicht", StringComparison.Ordinal);
        }
    }

    private sealed class Script(string sql) : MigrationScript("001_a.sql", PostgreSqlDialect.Instance)
    {
        public override bool IsTransactional => true;

        public override bool RefusesTransaction => false;

        public override TimeSpan? LockTimeout => null;

        public override SourceLocation Location => new("001_a.sql");

        public override IEnumerable<ScriptStatement> ReadStatements() => Language.ReadStatements(new StringReader(sql), Name);
    }
}
