using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Tests.Scripts.Json;
using MigrationTasks.MongoDb.Lint;
using MigrationTasks.MySql.Lint;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Lint;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Lint;

/// <summary>Short ways to lint migrations that stand in a test.</summary>
internal static class LintText
{
    // Without one, every migration here would be warned of.
    private const string Rollback = "SELECT 1;";
    private static readonly LintOptions Usual = new();

    /// <summary>What lint says of a PostgreSQL migration, after earlier ones: <c>MIG5001(1,1), …</c>, or nothing.</summary>
    public static string PostgreSql(string script, params string[] earlier) => Places(PostgreSqlLint.PostgreSql, [.. earlier, script], earlier.Length);

    /// <summary>What lint says of a SQLite migration, after earlier ones.</summary>
    public static string Sqlite(string script, params string[] earlier) => Places(SqliteLint.Profile, [.. earlier, script], earlier.Length);

    /// <summary>What lint says of a MySQL migration, after earlier ones.</summary>
    public static string MySql(string script, params string[] earlier) => Places(MySqlLint.Profile, [.. earlier, script], earlier.Length);

    /// <summary>What lint says of a MongoDB migration, after earlier ones.</summary>
    public static string MongoDb(string script, params string[] earlier) => Places(MongoDbLint.Profile, [.. earlier, script], earlier.Length, PlainJson.Instance.NothingToDo);

    /// <summary>What lint says of a Supabase migration that is followed by others.</summary>
    public static string Supabase(string script, params string[] later) => Places(PostgreSqlLint.Supabase, [script, .. later], 0);

    /// <summary>What lint says of a PostgreSQL migration that has no rollback beside it.</summary>
    public static string PostgreSqlAlone(string script) => Places(PostgreSqlLint.PostgreSql, [script], 0, rollback: null);

    /// <summary>The one message of a PostgreSQL migration.</summary>
    public static string Message(string script, params string[] earlier) => Warnings(PostgreSqlLint.PostgreSql, Usual, Rollback, [.. earlier, script]).Single().Message;

    /// <summary>What lint says of migrations.</summary>
    public static IReadOnlyList<Diagnostic> Warnings(LintProfile profile, LintOptions options, string? rollback, params string[] scripts)
    {
        using var folder = new TestFolder();
        var language = LanguageOf(profile);
        for (var i = 0; i < scripts.Length; i++)
        {
            folder.Write(NameOf(i) + language.FileExtension, scripts[i]);
            if (rollback is not null)
            {
                folder.Write($"{NameOf(i)}.down{language.FileExtension}", rollback);
            }
        }

        var linter = new FolderLinter(profile, options);
        var migrations = MigrationFolder.Read(folder.Path, language, Placeholders.None).Migrations;
        foreach (var migration in migrations)
        {
            _ = linter.Watch(migration, language.ReadStatements(new StringReader(File.ReadAllText(migration.Path)), migration.Path)).Count();
        }

        return [.. migrations.SelectMany(linter.Judge).OrderBy(warning => warning.Location.File).ThenBy(warning => warning.Location.Line).ThenBy(warning => warning.Location.Column)];
    }

    private static string Places(LintProfile profile, string[] scripts, int index, string? rollback = Rollback) => string.Join(
        ", ",
        from warning in Warnings(profile, Usual, rollback, scripts)
        where Path.GetFileName(warning.Location.File) == NameOf(index) + LanguageOf(profile).FileExtension
        select $"{warning.Code}({warning.Location.Line},{warning.Location.Column})");

    private static ScriptLanguage LanguageOf(LintProfile profile) =>
        profile == MongoDbLint.Profile ? PlainJson.Instance
        : profile == MySqlLint.Profile ? MySqlDialect.Instance
        : profile == SqliteLint.Profile ? SqliteDialect.Instance
        : PostgreSqlDialect.Instance;

    private static string NameOf(int index) => (index + 1).ToString("D3", CultureInfo.InvariantCulture) + "_a";
}
