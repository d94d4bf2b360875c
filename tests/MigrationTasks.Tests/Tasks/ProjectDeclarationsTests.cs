using System.Text;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Tasks;

/// <summary>What a program writes into a project's file, which people keep and read.</summary>
[TestClass]
public sealed class ProjectDeclarationsTests
{
    private static readonly HistoryTableName History = new(null, "migration_history");

    [TestMethod]
    public void A_folder_that_is_found_by_itself_is_declared_and_so_are_the_others()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n\n  <!-- ours -->\n</Project>\n");

        var declaration = Declare(folder, [new("migrations/postgresql"), new("migrations/sqlite")], new(PathOf(folder, "migrations/postgresql")));

        Assert.AreEqual("<MigrationsFolder Include=\"migrations/postgresql\" HistoryTable=\"migration_history\" />\n<MigrationsFolder Include=\"migrations/sqlite\" />", declaration.Text);
        Assert.AreEqual(
            """
            <Project Sdk="Microsoft.NET.Sdk">

              <!-- ours -->

              <ItemGroup>
                <MigrationsFolder Include="migrations/postgresql" HistoryTable="migration_history" />
                <MigrationsFolder Include="migrations/sqlite" />
              </ItemGroup>

            </Project>

            """,
            Text(folder));
    }

    [TestMethod]
    public void A_second_folder_of_the_same_project_is_added_to_what_the_first_one_wrote()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Shop.csproj", "<Project>\n</Project>");
        IReadOnlyList<DeclaredFolder> all = [new("migrations/postgresql"), new("migrations/mysql")];

        Declare(folder, all, all[0]);
        Declare(folder, all, all[1]);

        Assert.Contains("<MigrationsFolder Include=\"migrations/postgresql\" HistoryTable=\"migration_history\" />", Text(folder));
        Assert.Contains("<MigrationsFolder Include=\"migrations/mysql\" HistoryTable=\"migration_history\" />", Text(folder));
    }

    [TestMethod]
    [DataRow("<MigrationsFolder Include=\"db/shop\" Database=\"postgresql\" />", "<MigrationsFolder Include=\"db/shop\" HistoryTable=\"migration_history\" Database=\"postgresql\" />")]
    [DataRow("<MigrationsFolder\n Database='mysql'\n Include='db\\shop\\' >\n</MigrationsFolder>", "<MigrationsFolder\n Database='mysql'\n Include='db\\shop\\' HistoryTable=\"migration_history\" >\n</MigrationsFolder>")]
    [DataRow("<MigrationsFolder Include=\"db/shop\" HistoryTable=\"schema_migrations\" />", "<MigrationsFolder Include=\"db/shop\" HistoryTable=\"migration_history\" />")]
    public void An_item_that_is_there_gets_the_table_and_all_else_stays(string item, string changed)
    {
        using var folder = new TemporaryFolder();
        folder.Write("Shop.csproj", $"<Project>\n  <ItemGroup>\n    {item}<!-- x -->\n  </ItemGroup>\n</Project>");

        Declare(folder, [Declared(folder)], Declared(folder));

        Assert.AreEqual($"<Project>\n  <ItemGroup>\n    {changed}<!-- x -->\n  </ItemGroup>\n</Project>", Text(folder));
    }

    [TestMethod]
    public void Line_ends_and_the_byte_order_mark_stay_as_they_are()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(PathOf(folder, "Shop.csproj"), "<Project>\r\n</Project>\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Declare(folder, [new("migrations/sqlite")], new("migrations/sqlite"));

        Assert.AreSequenceEqual(new byte[] { 0xEF, 0xBB, 0xBF }, File.ReadAllBytes(PathOf(folder, "Shop.csproj")).Take(3));
        Assert.IsFalse(Text(folder).Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_trial_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Shop.csproj", "<Project>\n</Project>");

        Declare(folder, [new("migrations/sqlite")], new("migrations/sqlite"), isTrial: true);

        Assert.AreEqual("<Project>\n</Project>", Text(folder));
    }

    [TestMethod]
    [DataRow(null, "Directory.Build.props", DisplayName = "a program of one file has no project")]
    [DataRow("<Project />", "item of its own", DisplayName = "a project without anything in it")]
    [DataRow("<Project>\n<ItemGroup><MigrationsFolder Include=\"a;b\" /></ItemGroup>\n</Project>", "item of its own", DisplayName = "an item for several folders")]
    [DataRow("<Project>", "cannot be written", DisplayName = "no XML")]
    public void What_no_program_can_write_is_said_with_the_text_to_write(string? project, string reason)
    {
        using var folder = new TemporaryFolder();
        if (project is not null)
        {
            folder.Write("Shop.csproj", project);
        }

        var problem = Assert.ThrowsExactly<MigrationException>(() => Declare(folder, [new("migrations/sqlite")], new("migrations/sqlite"), isTrial: true));

        Assert.AreEqual("MIG1050", problem.Code);
        Assert.Contains(reason, problem.Message);
        Assert.Contains("<MigrationsFolder Include=\"migrations/sqlite\" HistoryTable=\"migration_history\" />", problem.Message);
    }

    [TestMethod]
    public void A_declaration_for_several_folders_is_to_be_replaced_with_all_that_it_says()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Shop.csproj", "<Project>\n<ItemGroup><MigrationsFolder Include=\"a;db/shop\" Database=\"mysql\" ConnectionStringVariable=\"SHOP_URL\" /></ItemGroup>\n</Project>");

        var problem = Assert.ThrowsExactly<MigrationException>(() => Declare(folder, [Declared(folder)], Declared(folder) with { Database = "mysql", ConnectionVariable = "SHOP_URL" }));

        Assert.EndsWith("<MigrationsFolder Include=\"db/shop\" Database=\"mysql\" ConnectionStringVariable=\"SHOP_URL\" HistoryTable=\"migration_history\" />, in place of what declares this folder now", problem.Message);
    }

    private static DeclaredFolder Declared(TemporaryFolder folder) => new("db/shop") { DefinedIn = PathOf(folder, "Shop.csproj") };

    private static FolderDeclaration Declare(TemporaryFolder folder, IReadOnlyList<DeclaredFolder> all, DeclaredFolder one, bool isTrial = false) =>
        new ProjectDeclarations(PathOf(folder, "Shop.csproj")).SetHistoryTable(all, one, History, isTrial);

    private static string Text(TemporaryFolder folder) => File.ReadAllText(PathOf(folder, "Shop.csproj"));

    private static string PathOf(TemporaryFolder folder, string name) => Path.Combine(folder.Path, name);
}
