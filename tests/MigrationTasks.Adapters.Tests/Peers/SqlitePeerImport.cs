using DbUp;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MigrationTasks.Adapters.Tests.Sqlite;
using MigrationTasks.ContractTests;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Peers;

[TestClass]
public sealed class SqlitePeerImport : PeerImport
{
    private SqliteContractDatabase _database = null!;

    // A pool would keep the file open after the test.
    private string ConnectionString => $"Data Source={_database.File};Pooling=False";

    protected override Task<(SqlContractDatabase Database, MigrationProject Project)> CreateDatabaseAsync()
    {
        _database = new SqliteContractDatabase();
        return Task.FromResult<(SqlContractDatabase, MigrationProject)>((_database, new MigrationProject(new SqliteDefinition(), _database.Connection)));
    }

    [TestMethod]
    public async Task What_DbUp_applied_from_files_is_taken_over()
    {
        WriteScripts("001_create_users.sql", "002_add_orders.sql");
        Peer.DbUp(DeployChanges.To.SqliteDatabase(ConnectionString), Folder);

        await ImportsAsync("DbUp", "001_create_users.sql", "002_add_orders.sql");
    }

    [TestMethod]
    public async Task What_Evolve_applied_is_taken_over()
    {
        WriteScripts("V1__create_users.sql", "V2__add_orders.sql");
        await using (var connection = new SqliteConnection(ConnectionString))
        {
            Peer.Evolve(connection, Folder);
        }

        await ImportsAsync("Evolve", "001_create_users.sql", "002_add_orders.sql");
    }

    [TestMethod]
    public async Task What_FluentMigrator_applied_is_taken_over()
    {
        Peer.FluentMigrator(runner => runner.AddSQLite().WithGlobalConnectionString(ConnectionString));

        await ImportsAsync("FluentMigrator", "20260102030405_create_users.sql", "20260103030405_add_orders.sql");
    }

    [TestMethod]
    public async Task What_Entity_Framework_applied_is_taken_over()
    {
        Peer.EntityFramework(options => options.UseSqlite(ConnectionString));

        await ImportsAsync("EF Core", "20260102030405_create_users.sql", "20260103030405_add_orders.sql", hasTime: false);
    }

    [TestMethod]
    public async Task What_dbmate_applied_is_taken_over()
    {
        WriteScripts("20260102030405_create_users.sql", "20260103030405_add_orders.sql", "-- migrate:up\n", "-- migrate:down\n");
        await Peer.NodeAsync("dbmate", $"sqlite:{_database.File}", "--migrations-dir", Folder, "--no-dump-schema", "up");

        await ImportsAsync("dbmate or Active Record", "20260102030405_create_users.sql", "20260103030405_add_orders.sql", hasTime: false, "migration_history");
    }
}
