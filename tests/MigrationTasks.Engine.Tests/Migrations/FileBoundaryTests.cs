using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Migrations;

/// <summary>Only ordinary files that lie in the folder are migrations, whatever links say.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class FileBoundaryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public FileBoundaryTests()
    {
        _folder.Write("secret.sql", "SELECT 1;");
        _folder.Write("m/sub/inside.sql", "SELECT 2;");
        Link("m/sub/out", "../..");
        Link("m/chain", "sub/out/secret.sql");
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("../secret.sql")]
    [DataRow("../missing.sql")]
    [DataRow("../m2/001_a.sql")]
    [DataRow("sub/../../secret.sql")]
    [DataRow("sub/out/secret.sql")]
    [DataRow("chain")]
    [DataRow("/dev/zero")]
    [DataRow("/etc/passwd")]
    public void A_link_that_leads_out_of_the_folder_is_refused_at_the_link(string target)
    {
        Link("m/001_a.sql", target);

        Assert.AreEqual(("MIG2016", _folder.PathOf("m/001_a.sql")), Problem());
    }

    [TestMethod]
    public void A_rollback_is_no_way_out_either()
    {
        _folder.Write("m/001_a.sql", "SELECT 1;");
        Link("m/001_a.down.sql", "../secret.sql");

        Assert.AreEqual(("MIG2016", _folder.PathOf("m/001_a.down.sql")), Problem());
    }

    [TestMethod]
    [DataRow("sub/inside.sql")]
    [DataRow("../m/sub/inside.sql")]
    [DataRow("sub/out/m/sub/inside.sql")]
    public void A_link_that_stays_in_the_folder_is_followed(string target)
    {
        Link("m/001_a.sql", target);

        Assert.AreEqual("SELECT 2", Read("m").Migrations.Single().ReadStatements().Single().Text);
    }

    [TestMethod]
    public void A_folder_that_is_itself_a_link_is_the_folder_it_leads_to()
    {
        _folder.Write("m/001_a.sql", "SELECT 1;");
        Link("m/002_b.sql", "sub/inside.sql");
        Link("linked", "m");

        Assert.HasCount(2, Read("linked").Migrations);
    }

    [TestMethod]
    [DataRow("nowhere.sql")]
    [DataRow("001_a.sql")]
    public void A_link_to_nothing_or_to_itself_cannot_be_read(string target)
    {
        Link("m/001_a.sql", target);

        Assert.AreEqual(("MIG2013", _folder.PathOf("m/001_a.sql")), Problem());
    }

    [TestMethod]
    [Timeout(30_000)]
    [DataRow("001_a.sql", "001_a.sql")]
    [DataRow("001_a.down.sql", "001_a.down.sql")]
    [DataRow("pipe", "001_a.sql")]
    public void Nobody_waits_for_the_other_end_of_a_pipe(string pipe, string name)
    {
        using (var process = Process.Start("mkfifo", [_folder.PathOf($"m/{pipe}")]))
        {
            process.WaitForExit();
        }

        if (pipe != name)
        {
            Link($"m/{name}", pipe);
        }

        Assert.AreEqual(("MIG2013", _folder.PathOf($"m/{name}")), Problem());
    }

    [TestMethod]
    public void An_empty_file_is_ordinary_and_a_folder_is_no_migration()
    {
        _folder.Write("m/001_a.sql");
        _folder.Write("m/002_b.sql/001_c.sql", "SELECT 1;");
        Link("m/003_d.sql", "sub");

        Assert.AreEqual("001_a.sql", string.Join(", ", Read("m").Migrations));
    }

    private void Link(string path, string target) => File.CreateSymbolicLink(_folder.PathOf(path), target);

    private MigrationFolder Read(string folder) => MigrationFolder.Read(_folder.PathOf(folder), SqliteDialect.Instance, Placeholders.None);

    private (string Code, string? File) Problem()
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Read("m")).Diagnostics.Single();
        return (problem.Code, problem.Location.File);
    }
}
