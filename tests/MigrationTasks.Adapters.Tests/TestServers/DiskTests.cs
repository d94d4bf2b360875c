using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
public sealed class DiskTests
{
    [TestMethod]
    public void A_tiny_disk_fills_up()
    {
        string path;
        using (var disk = Require.Server(() => TinyDisk.Mount(1_000_000)))
        {
            path = disk.Path;
            File.WriteAllBytes(Path.Combine(path, "fits"), new byte[900_000]);
            Assert.ThrowsExactly<IOException>(() => File.WriteAllBytes(Path.Combine(path, "does not"), new byte[200_000]));
        }

        Assert.IsFalse(Directory.Exists(path));
    }

    [TestMethod]
    public async Task A_server_on_a_tiny_disk_runs_out_of_space()
    {
        using var disk = Require.Server(() => TinyDisk.Mount(80_000_000));
        await using var server = await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync(folder: disk.Path));
        await using var database = await server.CreateDatabaseAsync();

        var full = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.ExecuteAsync(
            "CREATE UNLOGGED TABLE big AS SELECT repeat('x', 1000) FROM generate_series(1, 100000)"));

        Assert.AreEqual(Npgsql.PostgresErrorCodes.DiskFull, full.SqlState);
    }

    [TestMethod]
    public void A_temporary_folder_takes_what_is_in_it_along()
    {
        string path;
        using (var folder = new TemporaryFolder())
        {
            path = folder.Path;
            var file = folder.Write("migrations/postgresql/001_first.sql", "SELECT 1;");
            Assert.AreEqual("SELECT 1;", File.ReadAllText(file));
        }

        Assert.IsFalse(Directory.Exists(path));
    }
}
