using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class EnvFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_nearest_file_is_found()
    {
        Directory.CreateDirectory(_folder.PathOf(".git"));
        _folder.Write(".env");
        var nearer = _folder.Write("src/.env");
        Directory.CreateDirectory(_folder.PathOf("src/app"));

        Assert.AreEqual(nearer, EnvFile.Find(_folder.PathOf("src/app")));
    }

    [TestMethod]
    public void The_root_of_the_repository_is_looked_at_and_nothing_above_it()
    {
        _folder.Write(".env");
        Directory.CreateDirectory(_folder.PathOf("repository/.git"));
        Directory.CreateDirectory(_folder.PathOf("repository/src"));

        Assert.IsNull(EnvFile.Find(_folder.PathOf("repository/src")));
        var file = _folder.Write("repository/.env");
        Assert.AreEqual(file, EnvFile.Find(_folder.PathOf("repository/src")));
    }

    [TestMethod]
    public void Outside_a_repository_only_the_folder_itself_is_looked_at()
    {
        _folder.Write(".env");
        Directory.CreateDirectory(_folder.PathOf("app"));

        Assert.IsNull(EnvFile.Find(_folder.PathOf("app")));
        Assert.AreEqual(_folder.PathOf("app/.env"), EnvFile.Find(Path.GetDirectoryName(_folder.Write("app/.env"))! + Path.DirectorySeparatorChar));
    }

    [TestMethod]
    public void Values_are_read_and_not_written_into_the_process()
    {
        var file = _folder.Write(".env", "# a comment\nMT_PLAIN=sqlite:app.db\nexport MT_EXPORTED=a=b;c\nMT_QUOTED='pa$$ #word'\n");

        var values = EnvFile.Read(file);

        Assert.AreEqual(("sqlite:app.db", "a=b;c", "pa$$ #word"), (values["MT_PLAIN"], values["MT_EXPORTED"], values["MT_QUOTED"]));
        Assert.IsNull(Environment.GetEnvironmentVariable("MT_PLAIN"));
    }

    [TestMethod]
    public void A_malformed_line_is_an_error_that_does_not_show_it()
    {
        var file = _folder.Write(".env", "MT_A=1\n\n# a comment\ns3cret without a name\n");

        var exception = Assert.ThrowsExactly<MigrationException>(() => EnvFile.Read(file));

        Assert.AreEqual(("MIG1009", new SourceLocation(file, 4)), (exception.Code, exception.Diagnostics[0].Location));
        Assert.DoesNotContain("s3cret", exception.Message);
        Assert.DoesNotContain("s3cret", exception.Diagnostics[0].ToString());
    }

    [TestMethod]
    public void A_file_that_cannot_be_opened_is_not_said_to_be_malformed()
    {
        var file = _folder.Write(".env", "MT_A=1\n");
        using var held = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var exception = Assert.ThrowsExactly<MigrationException>(() => EnvFile.Read(file));

        Assert.AreEqual("MIG1009", exception.Code);
        Assert.StartsWith("The file cannot be read: ", exception.Diagnostics[0].Message);
    }
}
