using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MigrationTasks.ContractTests;
using MigrationTasks.Sqlite;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteFileTests : SqliteProject
{
    private const string Table = "CREATE TABLE a (id INTEGER);";

    [TestMethod]
    public async Task A_relative_path_starts_at_the_project()
    {
        using var project = new MigrationProject(new SqliteDefinition(), "sqlite:app.db");

        var report = (await project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();

        Assert.AreEqual("app.db", report.Target);
        Assert.IsTrue(File.Exists(Path.Combine(project.Path, "app.db")), "The file should be in the project's folder.");
    }

    [TestMethod]
    public async Task A_missing_folder_of_the_project_is_created()
    {
        using var project = new MigrationProject(new SqliteDefinition(), "Data Source=data/dev/app.db");

        (await project.Write("001_a.sql", Table).MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_missing_folder_elsewhere_is_an_error_that_names_it()
    {
        using var elsewhere = new TemporaryFolder();
        var folder = Path.Combine(elsewhere.Path, "missing");
        using var project = new MigrationProject(new SqliteDefinition(), $"sqlite:{folder}/app.db");

        (await project.Write("001_a.sql", Table).MigrateAsync()).FailedWith("MIG4003").Says(folder).Says("create it");

        Assert.IsFalse(Directory.Exists(folder), "The folder should not have been created.");
    }

    [TestMethod]
    public async Task Looking_at_the_status_creates_no_file()
    {
        var report = await Project.Write("001_a.sql", Table).GetStatusAsync();

        Assert.AreEqual(1, report.Pending, string.Join('\n', report.Errors));
        Assert.IsFalse(File.Exists(Database.File), "The file should not have been created.");
    }

    [TestMethod]
    public async Task A_run_leaves_nothing_but_the_database_behind()
    {
        (await Project.Write("001_a.sql", Table).Write("002_b.sql", "-- Transaction: none\nVACUUM;").MigrateAsync()).Succeeded();

        Assert.AreEqual("app.db", string.Join(", ", Directory.GetFileSystemEntries(Path.GetDirectoryName(Database.File)!).Select(Path.GetFileName)));
    }

    [TestMethod]
    public async Task A_file_that_is_no_database_is_refused_and_not_touched()
    {
        await File.WriteAllTextAsync(Database.File, "hello, I am a text");

        (await Project.Write("001_a.sql", Table).MigrateAsync()).FailedWith("MIG4003").Says("file is not a database");

        Assert.AreEqual("hello, I am a text", await File.ReadAllTextAsync(Database.File));
    }

    [TestMethod]
    public async Task A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(Database.File);

        (await Project.Write("001_a.sql", Table).MigrateAsync()).FailedWith("MIG4003").Says("folder");
    }

    [TestMethod]
    public async Task A_missing_file_is_not_created_when_the_mode_forbids_it()
    {
        using var project = new MigrationProject(new SqliteDefinition(), "sqlite:app.db?mode=rw");

        (await project.Write("001_a.sql", Table).MigrateAsync()).FailedWith("MIG4003").Says("no such file");

        Assert.IsFalse(File.Exists(Path.Combine(project.Path, "app.db")));
    }

    [TestMethod]
    public async Task A_connection_that_is_read_only_says_so()
    {
        (await Project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        using var project = new MigrationProject(new SqliteDefinition(), $"{Database.Connection}?mode=ro");

        (await project.Write("001_a.sql", Table).Write("002_b.sql", "CREATE TABLE b (id INTEGER);").MigrateAsync()).FailedWith("MIG4010").Says("readonly");
    }

    [TestMethod]
    public async Task A_file_on_a_disk_that_is_read_only_says_so()
    {
        using var disk = Require.Server(() => TinyDisk.Mount(1024 * 1024));
        using var project = new MigrationProject(new SqliteDefinition(), $"sqlite:{disk.Path}/app.db");
        (await project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        Remount(disk, "ro");

        var transacted = await project.Write("002_b.sql", "CREATE TABLE b (id INTEGER);").MigrateAsync();
        var untransacted = await project.Write("002_b.sql", "-- Transaction: none\nCREATE TABLE b (id INTEGER);").MigrateAsync();

        transacted.FailedWith("MIG4010").Says("app.db");
        untransacted.FailedWith("MIG4010").Says("app.db");
    }

    [TestMethod]
    public async Task A_folder_that_is_read_only_says_so()
    {
        using var disk = Require.Server(() => TinyDisk.Mount(1024 * 1024));
        using var project = new MigrationProject(new SqliteDefinition(), $"sqlite:{disk.Path}/app.db");
        Remount(disk, "ro");

        (await project.Write("001_a.sql", Table).MigrateAsync()).FailedWith("MIG4010").Says("app.db").Says("mode=ro");
    }

    [TestMethod]
    public async Task A_full_disk_loses_nothing_and_a_run_with_room_completes()
    {
        using var disk = Require.Server(() => TinyDisk.Mount(1024 * 1024));
        using var project = new MigrationProject(new SqliteDefinition(), $"sqlite:{disk.Path}/app.db");
        var filling = new string('x', 1_000);
        project.Write("001_a.sql", "CREATE TABLE a (filling TEXT);").Write(
            "002_fill.sql",
            string.Concat(Enumerable.Range(0, 2_000).Select(row => string.Create(CultureInfo.InvariantCulture, $"INSERT INTO a VALUES ('{row}{filling}');\n"))));

        var full = await project.MigrateAsync();

        Assert.AreEqual(project.PathOf("002_fill.sql"), full.HasApplied("001_a.sql").FailedWith("MIG4011").Says("full").Says("rolled back").Location.File);
        Remount(disk, "size=16777216");
        (await project.MigrateAsync()).Applied("002_fill.sql");
    }

    [TestMethod]
    public async Task A_path_with_spaces_and_letters_of_all_kinds_is_found()
    {
        using var project = new MigrationProject(new SqliteDefinition(), "sqlite:my%20däta;100%25.db");

        (await project.Write("001_a.sql", Table).MigrateAsync()).Applied("001_a.sql");

        Assert.IsTrue(File.Exists(Path.Combine(project.Path, "my däta;100%.db")));
    }

    [TestMethod]
    public async Task A_database_in_memory_that_a_program_holds_open_is_migrated_by_its_name()
    {
        var name = $"held-{Guid.NewGuid():N}";
        await using var program = new SqliteConnection($"Data Source={name};Mode=Memory;Cache=Shared");
        await program.OpenAsync();
        using var project = new MigrationProject(new SqliteDefinition(), $"sqlite:{name}?mode=memory");

        var report = await project.Write("001_a.sql", Table).Write("002_b.sql", "PRAGMA recursive_triggers = ON;\nINSERT INTO a VALUES (1);").Write("003_c.sql", "-- Transaction: none\nINSERT INTO a VALUES (2);").MigrateAsync();

        Assert.AreEqual(":memory:", report.Applied("001_a.sql", "002_b.sql", "003_c.sql").Target);
        Assert.HasCount(1, Directory.GetFileSystemEntries(project.Path), "Only the migrations should be there.");
        await using var count = new SqliteCommand("SELECT count(*) FROM a", program);
        Assert.AreEqual(2L, await count.ExecuteScalarAsync());
    }

    [TestMethod]
    [DataRow("sqlite::memory:")]
    [DataRow("Data Source=:memory:;Cache=Shared")]
    public async Task A_database_in_memory_that_would_end_with_the_run_is_refused_but_for_a_dry_run(string connection)
    {
        using var project = new MigrationProject(new SqliteDefinition(), connection);
        project.Write("001_a.sql", Table);

        (await project.MigrateAsync()).HasApplied().FailedWith("MIG1007").Says("a database in memory ends with the run").Says("-t:MigrateDryRun").Says("sqlite:NAME?mode=memory");
        (await project.BaselineAsync("1")).FailedWith("MIG1007");
        (await project.RehearseAsync()).Succeeded().HasTried("001_a.sql");
    }

    private static void Remount(TinyDisk disk, string option)
    {
        using var mount = Process.Start("mount", ["-o", $"remount,{option}", disk.Path]);
        mount.WaitForExit();
        Assert.AreEqual(0, mount.ExitCode, $"The disk could not be mounted again with {option}.");
    }
}
