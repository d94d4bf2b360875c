using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>Which rows of a shared history are a folder's own.</summary>
[TestClass]
public sealed class FolderOwnershipTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_name_is_the_folders_own_when_most_of_its_rows_are_of_files_that_are_here()
    {
        var files = Read("001_a.sql", "002_b.sql", "003_c.sql");

        Assert.AreEqual("001, 002, 009", Own(files, [Row(files, 0, "Before"), Row(files, 1, "Before"), new HistoryRow("009_gone.sql", "sha256:x", Folder: "Before")]));
    }

    [TestMethod]
    public void One_file_that_another_project_has_too_makes_its_rows_nobody_elses()
    {
        var files = Read("001_extension.sql", "002_b.sql");

        Assert.AreEqual("002", Own(files, [Row(files, 0, "Other"), new HistoryRow("005_x.sql", "sha256:x", Folder: "Other"), Row(files, 1, "Shop/migrations")]));
    }

    [TestMethod]
    public void The_same_names_with_other_content_are_anothers()
    {
        var files = Read("001_init.sql");

        Assert.AreEqual("", Own(files, [new HistoryRow("001_init.sql", "sha256:other", Folder: "Other")]));
    }

    [TestMethod]
    public void Rows_of_which_nobody_knows_count_and_so_do_all_where_no_folder_is_told_apart()
    {
        var files = Read("001_a.sql");

        Assert.AreEqual("001, 002", Own(files, [Row(files, 0, null), new HistoryRow("002_b.sql")]));
        Assert.AreEqual("001", Own(files.Identified(null), [new HistoryRow("001_init.sql", "sha256:other", Folder: "Other")]));
    }

    [TestMethod]
    [DataRow("Shop/migrations/postgresql/2024", "Shop/migrations/postgresql", "shop_2024_migrations")]
    [DataRow("My.Billing/migrations/postgresql", "Shop/migrations/postgresql", "my_billing_migrations")]
    public void A_history_of_its_own_is_called_as_the_project_and_where_that_is_not_enough_as_the_folder(string folder, string other, string history)
    {
        Assert.Contains($"HistoryTable=\"{history}\"", Errors.SharedHistory("x", "schema_migrations", folder, [other], "002_b.sql", isEstablished: false).Message);
        Assert.Contains($"HistoryTable=\"{history}\"", Errors.NameOfOtherFolder("x", folder, other).Message);
    }

    private MigrationFolder Read(params string[] names)
    {
        foreach (var name in names)
        {
            File.WriteAllText(_folder.PathOf(name), $"SELECT '{name}';");
        }

        return MigrationFolder.Read(_folder.Path, SqliteDialect.Instance, Placeholders.None).Identified("Shop/migrations");
    }

    private static HistoryRow Row(MigrationFolder folder, int file, string? name) =>
        HistoryRow.Of(folder.Migrations[file], HistoryStatus.Applied, null) with { Folder = name };

    private static string Own(MigrationFolder folder, IReadOnlyList<HistoryRow> rows) =>
        string.Join(", ", HistoryMatch.Of(folder, rows).Own.Select(row => row.Name[..3]));
}
