using Microsoft.Build.Utilities;
using Microsoft.Data.Sqlite;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Hostile;

/// <summary>A place where text comes from outside.</summary>
/// <param name="Name">What is hostile there.</param>
/// <param name="Code">The code of the error or warning that names it; empty when it is told without one.</param>
/// <param name="Prepare">Puts the text there; what comes back sets the task up.</param>
/// <param name="IsFileName">Whether the text is a part of a file's name.</param>
/// <param name="IsShown">Whether the log shows all of the text.</param>
internal sealed record HostileSource(string Name, string Code, Func<TaskProject, string, Action<MigrationTask>> Prepare, bool IsFileName = false, bool IsShown = true)
{
    private const string Valid = "CREATE TABLE a (x);";

    public static IReadOnlyList<HostileSource> All { get; } =
    [
        File("the name of a migration that is applied", "", (project, text) => project.Migration($"001_{text}.sql", Valid)),
        File("the name of a migration that fails", "MIG4005", (project, text) => project.Migration($"001_{text}.sql", "nonsense;")),
        File("the name of a file that is none", "MIG2001", (project, text) => project.Migration($"{text}.sql", Valid)),
        File("the names of two of the same version", "MIG2002", (project, text) => project.Migration($"001_{text}.sql", Valid).Migration($"1_{text}.sql", Valid)),
        File("the name of a rollback of nothing", "MIG2014", (project, text) => project.Migration("001_a.sql", Valid).Migration($"002_{text}.down.sql", "")),
        File("the name of a folder that is no database", "MIG1014", (project, text) => project.Migration("001_a.sql", Valid).Write($"migrations/{text}/001_a.sql", "")),
        File("the name of the database file", "", (project, text) => project.Migration("001_a.sql", Valid).Write(".env", $"SQLITE_URL='sqlite:{Encode(text)}.db'")) with { IsShown = false },
        File("the name of the project", "MIG4005", (project, text) => project.Migration("001_a.sql", "nonsense;"), (project, text) => task => task.ProjectFile = project.PathOf($"{text}.csproj")),
        File("the folder of the project", "MIG4005", (project, text) => project.Write($"{text}/migrations/sqlite/001_a.sql", "nonsense;").Write($"{text}/.env", "SQLITE_URL=sqlite:app.db"), (project, text) => task => task.ProjectFile = project.PathOf($"{text}/Shop.csproj")),
        new("the name of a declared folder", "MIG1004", (_, text) => task => task.Folders = [new TaskItem(Escape(text))]),
        new("the database of a declared folder", "MIG1003", (project, text) => Declare(project, "Database", text)),
        new("the variable of a declared folder", "MIG1006", (project, text) => Declare(project, "ConnectionStringVariable", text)),
        new("the history table of a declared folder", "MIG1011", (project, text) => Declare(project, "HistoryTable", text)),
        new("a placeholder", "MIG1018", (_, text) => task => task.Placeholders = [new TaskItem(Escape(text))]),
        new("MigrateDatabase", "MIG1003", (project, text) => With(project, task => task.Set("MigrateDatabase", text))),
        new("MigrateTargetVersion", "MIG1010", (project, text) => With(project, task => task.Set("MigrateTargetVersion", text))),
        new("MigrateOutOfOrder", "MIG1010", (project, text) => With(project, task => task.Set("MigrateOutOfOrder", text))),
        new("MigrateLockTimeout", "MIG1010", (project, text) => With(project, task => task.Set("MigrateLockTimeout", text))),
        new("MigrateEnvFile", "MIG1008", (project, text) => With(project, task => task.Set("MigrateEnvFile", text))),
        new("MigrateReportFile", "MIG1013", (project, text) => With(project, task => task.Set("MigrateReportFile", text))),
        new("a connection", "MIG1007", (project, text) => With(project, _ => Environment.SetEnvironmentVariable("SQLITE_URL", text)), IsShown: false),
        new("a .env file", "MIG1006", (project, text) => With(project.Write(".env", $"no name: {text}"), _ => { }), IsShown: false),
        new("a title", "", (project, text) => With(project.Migration("001_a.sql", $"-- Migration: {text}\n-- Created: {text}\n{Valid}"), _ => { }), IsShown: false),
        new("a requirement", "MIG2011", (project, text) => With(project.Migration("001_a.sql", $"-- Requires: {OneLine(text)}\n{Valid}"), _ => { })),
        new("a mode of transactions", "MIG2010", (project, text) => With(project.Migration("001_a.sql", $"-- Transaction: {OneLine(text)}\n{Valid}"), _ => { })),
        new("a statement", "MIG4005", (project, text) => With(project.Migration("001_a.sql", $"SELECT \"{text.Replace('"', ' ')}\" FROM sqlite_schema;"), _ => { })),
        new("what is never closed", "MIG2004", (project, text) => With(project.Migration("001_a.sql", $"SELECT '{text.Replace('\'', ' ')}"), _ => { }), IsShown: false),
        new("a command of another program", "MIG2006", (project, text) => With(project.Migration("001_a.sql", $".x{text}"), _ => { }), IsShown: false),
        new("the names in a history", "MIG3004", (project, text) => AfterRun(project, $"INSERT INTO schema_migrations (migration_name, checksum, status) VALUES ('{text.Replace("'", "''", StringComparison.Ordinal)}', 'x', 'applied');")),
        new("the columns of another tool's history", "MIG3001", (project, text) => With(project, _ => Execute(project, $"DROP TABLE IF EXISTS schema_migrations; CREATE TABLE schema_migrations (\"{text.Replace('"', ' ')}\" x);"))),
    ];

    /// <summary>Shows in the results of tests.</summary>
    public override string ToString() => Name;

    private static HostileSource File(string name, string code, Func<TaskProject, string, TaskProject> write, Func<TaskProject, string, Action<MigrationTask>>? configure = null) =>
        new(name, code, (project, text) => With(write(project, text), configure?.Invoke(project, text) ?? (_ => { })), IsFileName: true);

    private static Action<MigrationTask> With(TaskProject project, Action<MigrationTask> configure)
    {
        if (!Directory.Exists(project.PathOf("migrations/sqlite")))
        {
            project.Migration("001_a.sql", Valid);
        }

        return configure;
    }

    private static Action<MigrationTask> Declare(TaskProject project, string metadata, string text)
    {
        project.Write("db/001_a.sql", Valid);
        var folder = new TaskItem("db", new Dictionary<string, string> { ["Database"] = "sqlite" });
        folder.SetMetadata(metadata, Escape(text));
        return task => task.Folders = [folder];
    }

    private static Action<MigrationTask> AfterRun(TaskProject project, string sql)
    {
        Assert.IsTrue(project.Migration("001_a.sql", Valid).Migrate(), project.Log.All());
        Execute(project, sql);
        return _ => { };
    }

    private static void Execute(TaskProject project, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={project.PathOf("app.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is meant to be in the statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    // What MSBuild hands over is not escaped any more; an item that is made here is.
    private static string Escape(string text) => Microsoft.Build.Evaluation.ProjectCollection.Escape(text);

    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace(',', ' ');
}
