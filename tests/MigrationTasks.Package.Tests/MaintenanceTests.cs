using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>The commands around the main one, as somebody types them: each property reaches its task.</summary>
[TestClass]
public sealed class MaintenanceTests
{
    [TestMethod]
    public void A_new_migration_is_started_by_its_name_alone()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "009_a");
        consumer.Environment["SQLITE_URL"] = null;
        consumer.Environment["NAME"] = "the_computers";

        consumer.Dotnet("build", "Shop", "-t:MigrateNew", "-p:Name=add_users").Succeeded().Says($"Shop -> {consumer.PathOf("Shop/migrations/sqlite/010_add_users.sql")}");
        consumer.Dotnet("build", "Shop", "-t:MigrateNew", "-p:MigrateName=add_orders").Succeeded().Says("011_add_orders.sql");
        consumer.Dotnet("build", "Shop", "-t:MigrateNew", "-p:MigrateDatabase=postgres", "-p:Name=first").Succeeded().Says($"Shop -> {consumer.PathOf("Shop/migrations/postgresql/001_first.sql")}");
        consumer.Dotnet("build", "Shop", "-t:MigrateNew", "-p:MigrateDatabase=sqlite").Failed("MIG1020").Says("-p:Name=add_users");
    }

    [TestMethod]
    public void A_baseline_and_a_repair_do_what_their_properties_say()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Migration("Shop", "002_b").Migration("Shop", "003_c");

        consumer.Dotnet("build", "Shop", "-t:MigrateBaseline").Failed("MIG1020");
        consumer.Dotnet("build", "Shop", "-t:MigrateBaseline", "-p:MigrateTargetVersion=002").Succeeded().Says(consumer.ResultOf("Shop") + "2 migrations marked as applied, without running them").Says("      002_b.sql");
        consumer.Write("Shop/migrations/sqlite/001_a.sql", "-- edited\nSELECT 1;").Write("Shop/migrations/sqlite/002_b.sql", "SELECT 2;");
        File.Move(consumer.PathOf("Shop/migrations/sqlite/002_b.sql"), consumer.PathOf("Shop/migrations/sqlite/002_x.sql"));

        consumer.Dotnet("build", "Shop", "-t:MigrateRepair").Succeeded().Says("nothing repaired, 3 possible repairs").Says("-p:MigrateRepairRenamed=true");
        consumer.Dotnet("build", "Shop", "-t:MigrateRepair", "-p:MigrateRepairChecksums=true", "-p:MigrateRepairRenamed=true", "-p:MigrateRepairOnly=002_x.sql")
            .Succeeded().Says("2 repairs made, 1 more possible repair").Says("recorded as 002_x.sql");
        File.Delete(consumer.PathOf("Shop/migrations/sqlite/001_a.sql"));
        consumer.Dotnet("build", "Shop", "-t:MigrateRepair", "-p:MigrateRepairMissing=true", "-p:MigrateRepairFailed=true").Succeeded().Says("1 repair made").Says("row removed");
        consumer.Dotnet("build", "Shop", "-t:MigrateRepair", "-p:MigrateRepairFailed=true", "-p:MigrateRepairCompleted=true").Failed("MIG1010");
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("1 migration applied in ");
    }

    [TestMethod]
    public async Task What_dbmate_has_migrated_is_taken_over_with_its_files_by_one_command()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE users (id int); CREATE TABLE schema_migrations (version varchar PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20260102030405');");
        using var consumer = new Consumer().Project("Shop")
            .Write("Shop/db/migrations/20260102030405_create_users.sql", "-- migrate:up\nCREATE TABLE users (id int);\n\n-- migrate:down\nDROP TABLE users;\n")
            .Write("Shop/db/migrations/20260103030405_create_orders.sql", "-- migrate:up\nCREATE TABLE orders (id int);\n\n-- migrate:down\nDROP TABLE orders;\n");
        consumer.Environment["DATABASE_URL"] = database.Url;
        consumer.Environment["SQLITE_URL"] = null;

        consumer.Dotnet("build", "Shop", "-t:MigrateImport", "-p:MigrateImportFiles=true").Succeeded()
            .Says("4 files written from those of dbmate, 1 migration imported from dbmate or Active Record (public.schema_migrations), 1 pending");

        Assert.Contains("<MigrationsFolder Include=\"migrations/postgresql\" HistoryTable=\"migration_history\" />", File.ReadAllText(consumer.PathOf("Shop/Shop.csproj")));
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("1 migration applied in ").Says("20260103030405_create_orders.sql");
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("up to date (2 applied)");
        Assert.AreEqual("20260102030405", string.Join(' ', await database.RowsAsync("SELECT version FROM schema_migrations")));
    }
}
