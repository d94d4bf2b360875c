using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Engine.Scripts.OwnTables;
using MigrationTasks.MySql;
using MigrationTasks.MySql.Lint;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Lint;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>What is read of statements and comments, and what the rules of lint, the watch over the history and a run that was interrupted make of it.</summary>
[TestClass]
public sealed class LintFuzz : FuzzContract
{
    private const string File = "/m/001_a.sql";

    private static readonly (LintProfile Profile, SqlDialect Dialect)[] Profiles =
        [(PostgreSqlLint.Supabase, PostgreSqlDialect.Instance), (MySqlLint.Profile, MySqlDialect.Instance), (SqliteLint.Profile, SqliteDialect.Instance)];

    protected override IEnumerable<string> Fragments =>
    [
        " ", "\n", "\r\n", ";", ",", "(", ")", "[", "]", ".", "::", "'", "''", "\"", "--", "/*", "*/", "$$", "0", "10", "a", "t", "public.t", "\"T\"", "[t]", "'a'",
        "-- Lint: ignore MIG5030 reason\n", "-- Lint:", " ignore", " MIG5001,", "CREATE ", "TABLE ", "IF NOT EXISTS ", "IF EXISTS ", "TEMP ", "INDEX ", "UNIQUE ", "CONCURRENTLY ", "ON ", "ONLY ",
        "ALTER ", "ADD ", "COLUMN ", "DROP ", "RENAME ", "TO ", "TYPE ", "SET ", "NOT ", "NULL ", "DEFAULT ", "now()", "random()", "USING ", "CONSTRAINT ", "CHECK ", "REFERENCES ", "FOREIGN KEY ",
        "PRIMARY KEY ", "EXCLUDE ", "VALID ", "VALIDATE ", "GENERATED ALWAYS AS ", "IDENTITY ", "STORED ", "serial ", "varchar(10) ", "timestamp with time zone ", "ENUM ", "VALUE ", "TRUNCATE ",
        "DELETE FROM ", "UPDATE ", "WHERE ", "WITH ", "AS ", "SELECT ", "INTO ", "set_config('lock_timeout', ", "lock_timeout = ", "TIME ZONE ", "LOCK ", "REINDEX ", "POLICY ", "TRIGGER ",
        "FUNCTION ", "IMMUTABLE ", "DO ", "ENABLE ROW LEVEL SECURITY", "DO $$ BEGIN ALTER TABLE ", " END $$", "EXECUTE ", "RAISE ", "PARTITION BY ", "VIEW ", "SCHEMA ", "LIKE ", "INSERT ",
        "schema_migrations ", "OR REPLACE ", "DEFINER=`a`@`b` ", "PROCEDURE ", "CHANGE ", "MODIFY ", "KEY ", "USE ", "SET STATEMENT a = 1 FOR ", "/*!50003 ", "DELIMITER //\n", "//", "DETACH PARTITION ", "search_path ", "OWNED BY ",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("-- a\n"), Growth.Of("-- Lint: ignore MIG5030 a\n", "", "\nDROP TABLE t;"), Growth.Of("-- Lint: ignore MIG5030 a\n", "DROP TABLE "), Growth.Of("DROP TABLE t; -- Lint: ignore MIG5030 a\n"),
        Growth.Of("/* a */"), Growth.Numbered("DROP TABLE t#;"), Growth.Numbered("CREATE TABLE t# (a int);"), Growth.Numbered("ALTER TABLE t# RENAME TO u#;"), Growth.Numbered("CREATE INDEX i# ON t (a);"),
        Growth.Numbered("ADD c# int,", "ALTER TABLE t "), Growth.Numbered("c# int CHECK (c# > 0),", "CREATE TABLE t ("), Growth.Numbered("ALTER TABLE t ADD c# int CHECK (c# > 0);"), Growth.Numbered("DROP c#,", "ALTER TABLE t "),
        Growth.Of("a,", "TRUNCATE "), Growth.Of("a,", "DROP TABLE "), Growth.Nested("(", ")", "ALTER TABLE t ADD a int DEFAULT "), Growth.Nested("(", ")", "ALTER TABLE t ADD CHECK "), Growth.Of("::text", "ALTER TABLE t ADD a int DEFAULT 'a'"),
        Growth.Of("'a',", "ALTER TABLE t ADD a int DEFAULT ARRAY["), Growth.Of("a.", "DROP TABLE "), Growth.Of("int ", "ALTER TABLE t ADD a "), Growth.Of("UPDATE t SET a = 1;"), Growth.Of("x = 1,", "UPDATE t SET "),
        Growth.Of("x AS (SELECT 1),", "WITH "), Growth.Of("SELECT 'b';", "ALTER TYPE e ADD VALUE 'b';"), Growth.Of("LOCK TABLE t;"),
        Growth.Of("DROP TABLE t;", "DELIMITER //\n", "//"), Growth.Numbered("DROP COLUMN c#,", "ALTER TABLE schema_migrations "), Growth.Of("DROP SCHEMA a;", "DO $$ BEGIN ", " END $$;"), Growth.Numbered("t# TO u#,", "RENAME TABLE "),
        Growth.Of("ALTER TABLE t ENABLE ROW LEVEL SECURITY;", "DO $$ BEGIN ", " END $$;"), Growth.Of("ALTER TABLE ", "DO $$ ", " ENABLE ROW LEVEL SECURITY $$;"), Growth.Of("'a' || ", "DO $$ BEGIN EXECUTE ", "'SECURITY'; END $$;"),
    ];

    protected override void Read(string input)
    {
        foreach (var (profile, dialect) in Profiles)
        {
            Lint(profile, dialect, input);
        }
    }

    protected override void Check(string input)
    {
        var lines = TextPosition.Start.Advance(input).Line;
        foreach (var (profile, dialect) in Profiles)
        {
            try
            {
                Assert.IsTrue(Lint(profile, dialect, input).All(warning => warning.Location.Line <= lines));
                Watch(dialect, input);
            }
            catch (MigrationException)
            {
                // It cannot be split.
            }
        }
    }

    // What else reads the same actions; how its work grows is that of the reader, which lint measures.
    private static void Watch(SqlDialect dialect, string input)
    {
        var watch = dialect.WatchOwnTables(new OwnTableSet(null, "schema_migrations"))!;
        foreach (var statement in dialect.ReadStatements(new StringReader(input), File).Where(statement => statement.Kind != StatementKind.Empty))
        {
            watch.Read(statement);
            StatementEffect.Of(statement.Text);
            StatementEffect.IsRepeatable(statement.Text);
        }
    }

    private static List<Diagnostic> Lint(LintProfile profile, SqlDialect dialect, string input)
    {
        Assert.IsTrue(MigrationFileName.TryParse("001_a.sql", ".sql", out var name));
        var migration = new Migration(File, name, "", MigrationHeader.Empty, null, dialect, Placeholders.None);
        var linter = new FolderLinter(profile, new LintOptions());
        _ = linter.Watch(migration, dialect.ReadStatements(new StringReader(input), File)).Count();
        return [.. linter.Judge(migration)];
    }
}
