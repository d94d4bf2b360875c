using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

[TestClass]
public sealed class SingleTargetedProjectTests
{
    [TestMethod]
    public void The_first_command_migrates_and_the_second_has_nothing_to_do()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Migration("Shop", "002_b");

        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says(consumer.ResultOf("Shop") + "2 migrations applied in ").Says("      001_a.sql   ");
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says(consumer.ResultOf("Shop") + "up to date (2 applied)");
    }

    [TestMethod]
    public void The_status_is_a_table()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a");

        consumer.Dotnet("build", "Shop", "-t:MigrateStatus").Succeeded().Says(consumer.ResultOf("Shop") + "0 applied, 1 pending").Says("      001_a.sql   pending");
    }

    [TestMethod]
    public void A_failing_statement_fails_the_build_at_its_line_and_column()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a")
            .Write("Shop/migrations/sqlite/002_b.sql", "-- a comment\n  SELEC 1;");

        consumer.Dotnet("build", "Shop", "-t:Migrate").Failed("MIG4005")
            .Says($"{consumer.PathOf("Shop/migrations/sqlite/002_b.sql")}(2,3): error MIG4005: ")
            .Says(consumer.ResultOf("Shop") + "failed after 1 migration applied in ");
    }

    [TestMethod]
    public void A_project_without_migrations_is_told_where_to_put_them()
    {
        using var consumer = new Consumer().Project("Shop");

        consumer.Dotnet("build", "Shop", "-t:Migrate").Failed("MIG1005").Says("migrations/<database>/");
    }

    [TestMethod]
    public void Properties_and_items_reach_the_task()
    {
        using var consumer = new Consumer()
            .Project("Shop", body: """
                <PropertyGroup><MigrateReportFile>$(BaseIntermediateOutputPath)run.md</MigrateReportFile></PropertyGroup>
                <ItemGroup><MigrationsFolder Include="db" Database="sqlite" ConnectionStringVariable="SHOP_URL" HistoryTable="history" /></ItemGroup>
                """)
            .Write("Shop/db/001_a.sql", "CREATE TABLE a (x);").Write("Shop/db/002_b.sql", "CREATE TABLE b (x);").Write("Shop/settings.env", "SHOP_URL=sqlite:shop.db");

        consumer.Dotnet("build", "Shop", "-t:Migrate", "-p:MigrateTargetVersion=001", "-p:MigrateEnvFile=settings.env")
            .Succeeded().Says("Shop -> sqlite shop.db: 1 migration applied in ");

        Assert.Contains("001_a.sql", File.ReadAllText(consumer.PathOf("Shop/obj/run.md")));
    }

    [TestMethod]
    public void Placeholders_reach_the_task_as_they_are_written_in_the_project()
    {
        using var consumer = new Consumer()
            .Project("Shop", body: """
                <PropertyGroup><TablePrefix>shop_</TablePrefix></PropertyGroup>
                <ItemGroup>
                  <MigrationPlaceholder Include="prefix" Value="$(TablePrefix)" />
                  <MigrationPlaceholder Include="columns"><Value>id INTEGER,
                    note TEXT DEFAULT 'a; b%3B 100%25 %24(x)'</Value></MigrationPlaceholder>
                  <MigrationPlaceholder Include="suffix;other" />
                  <MigrationPlaceholder Update="suffix" Value="_old" />
                </ItemGroup>
                """)
            .Write("Shop/migrations/sqlite/001_a.sql", "CREATE TABLE ${prefix}orders${suffix}${other} (${columns});\nINSERT INTO shop_orders_old (id) VALUES (1);")
            .Write("Shop/migrations/sqlite/002_b.sql", "CREATE TABLE b (x CHECK (x)); INSERT INTO b SELECT note = 'a; b; 100% $(x)' FROM shop_orders_old;\nSELECT '${prefix}', nope;");

        consumer.Dotnet("build", "Shop", "-t:Migrate").Failed("MIG4005").Says("failed after 1 migration applied").Says("002_b.sql(2,21): error MIG4005: ");
    }

    [TestMethod]
    public void A_warning_can_be_silenced_or_raised_like_those_of_the_compiler()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Write("Shop/migrations/sqlite/002_b.down.sql", "");

        consumer.Dotnet("build", "Shop", "-t:MigrateStatus").Succeeded().Says("warning MIG2014: ");
        Assert.AreEqual(0, consumer.Dotnet("build", "Shop", "-t:MigrateStatus", "-p:NoWarn=MIG2014").Succeeded().Count("MIG2014"));
        consumer.Dotnet("build", "Shop", "-t:MigrateStatus", "-p:WarningsAsErrors=MIG2014").Failed("MIG2014");
    }

    [TestMethod]
    public void Skipping_leaves_the_database_alone()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a");

        consumer.Dotnet("build", "Shop", "-t:Migrate", "-p:MigrateSkip=true").Succeeded();

        Assert.IsFalse(consumer.HasMigrated);
    }
}
