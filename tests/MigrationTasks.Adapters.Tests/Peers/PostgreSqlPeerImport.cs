using DbUp;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using MigrationTasks.Adapters.Tests.PostgreSql;
using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.Peers;

[TestClass]
public sealed class PostgreSqlPeerImport : PeerImport
{
    private TestDatabase _database = null!;

    protected override async Task<(SqlContractDatabase Database, MigrationProject Project)> CreateDatabaseAsync()
    {
        _database = await (await Require.ServerAsync(Servers.PostgreSqlAsync)).CreateDatabaseAsync();
        return (new PostgreSqlContractDatabase(_database, _database.Url), new MigrationProject(new PostgreSqlDefinition(), _database.Url));
    }

    [TestMethod]
    public async Task What_DbUp_applied_from_files_is_taken_over()
    {
        WriteScripts("001_create_users.sql", "002_add_orders.sql");
        Peer.DbUp(DeployChanges.To.PostgresqlDatabase(_database.ConnectionString), Folder);

        await ImportsAsync("DbUp", "001_create_users.sql", "002_add_orders.sql");
    }

    [TestMethod]
    public async Task What_DbUp_applied_from_resources_is_taken_over()
    {
        Peer.DbUpResources(DeployChanges.To.PostgresqlDatabase(_database.ConnectionString));

        await ImportsAsync("DbUp", "0001_create_users.sql", "0002_add_orders.sql");
    }

    [TestMethod]
    public async Task What_Evolve_applied_is_taken_over()
    {
        WriteScripts("V1__create_users.sql", "V1_1__add_orders.sql");
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            Peer.Evolve(connection, Folder);
        }

        await ImportsAsync("Evolve", "001_create_users.sql", "002_add_orders.sql");
    }

    [TestMethod]
    public async Task What_FluentMigrator_applied_is_taken_over()
    {
        Peer.FluentMigrator(runner => runner.AddPostgres().WithGlobalConnectionString(_database.ConnectionString));

        await ImportsAsync("FluentMigrator", "20260102030405_create_users.sql", "20260103030405_add_orders.sql");
    }

    [TestMethod]
    public async Task What_Entity_Framework_applied_is_taken_over()
    {
        Peer.EntityFramework(options => options.UseNpgsql(_database.ConnectionString));

        await ImportsAsync("EF Core", "20260102030405_create_users.sql", "20260103030405_add_orders.sql", hasTime: false);
    }

    [TestMethod]
    public async Task What_dbmate_applied_is_taken_over()
    {
        WriteScripts("20260102030405_create_users.sql", "20260103030405_add_orders.sql", "-- migrate:up\n", "-- migrate:down\n");
        await Peer.NodeAsync("dbmate", _database.Url, "--migrations-dir", Folder, "--no-dump-schema", "up");

        await ImportsAsync("dbmate or Active Record", "20260102030405_create_users.sql", "20260103030405_add_orders.sql", hasTime: false, "migration_history");
    }

    [TestMethod]
    public async Task What_node_pg_migrate_applied_is_taken_over()
    {
        WriteScripts("1767323045678_create-users.sql", "1767323045679_add-orders.sql", "-- Up Migration\n");
        await Peer.NodeAsync("node-pg-migrate", _database.Url, "up", "--migrations-dir", Folder);

        await ImportsAsync("node-pg-migrate", "1767323045678_create_users.sql", "1767323045679_add_orders.sql");
    }
}
