namespace MigrationTasks.Tool.Tests;

/// <summary>The file beside the migrations that says what a project file would.</summary>
[TestClass]
public sealed class DeclarationTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Folders_placeholders_and_properties_are_declared_as_in_a_project()
    {
        _folder.Write("db/scripts/001_a.sql", "CREATE TABLE ${name} (id INTEGER);").Write(".env", "SHOP_URL=sqlite:shop.db\n").Write("migrate.xml", """
            <Project>
              <PropertyGroup><MigrateTargetVersion>1</MigrateTargetVersion><NoWarn>
              MIG5060;
              MIG1044
            </NoWarn></PropertyGroup>
              <ItemGroup>
                <MigrationsFolder Include="db/scripts" Database="sqlite" ConnectionStringVariable="SHOP_URL"><HistoryTable>history</HistoryTable></MigrationsFolder>
                <MigrationPlaceholder Include="name" Value="declared" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("db/scripts/002_b.sql", "CREATE TABLE b (id INTEGER);");

        (await _folder.RunAsync()).Succeeded().Says("shop.db: 1 migration applied");
        (await _folder.RunAsync("status", "--target-version", "2")).Succeeded().Says("1 applied, 1 pending");
    }

    [TestMethod]
    [DataRow("<Project><ItemGroup></Project>", "(1,23): error MIG1046: This file is not well-formed XML.")]
    [DataRow("<Project>\n <ItemGroup Condition=\"'$(A)' == ''\" /></Project>", "(2,3): error MIG1046: This file has a Condition, which only a build can judge.")]
    [DataRow("<Project><PropertyGroup>\n<MigrateDatabase>$(Db)</MigrateDatabase></PropertyGroup></Project>", "(2,2): error MIG1046: This file uses a property")]
    [DataRow("<Project><PropertyGroup>\n<MigrateDatabse>x</MigrateDatabse></PropertyGroup></Project>", "(2,2): error MIG1046: This file has an element MigrateDatabse, which means nothing here.")]
    [DataRow("<Project>\n<ItemGroup><MigrationFolder Include=\"a\" /></ItemGroup></Project>", "(2,13): error MIG1046: This file has an element MigrationFolder")]
    public async Task What_only_a_build_knows_is_an_error_at_its_place(string text, string problem)
    {
        _folder.Migration("001_a").Write("migrate.xml", text);

        (await _folder.RunAsync()).Failed(_folder.PathOf("migrate.xml") + problem);

        Assert.IsFalse(File.Exists(_folder.PathOf("app.db")));
    }
}
