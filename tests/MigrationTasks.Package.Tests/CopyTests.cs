using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>Rows of a <c>COPY</c>, in a build.</summary>
[TestClass]
public sealed class CopyTests
{
    private const string Rows = "CREATE TABLE products (id int, price numeric);\n\nCOPY products (id, price) FROM stdin;\n1\t3.20\n2\t4,80\n\\.\n";

    [TestMethod]
    public async Task A_row_that_does_not_fit_fails_the_build_at_its_line_until_it_is_corrected()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        using var consumer = new Consumer().Project("Shop").Write("Shop/migrations/postgresql/001_rows.sql", Rows);
        consumer.Environment["DATABASE_URL"] = database.Url;

        consumer.Dotnet("build", "Shop", "-t:Migrate").Failed("MIG4005")
            .Says($"{consumer.PathOf("Shop/migrations/postgresql/001_rows.sql")}(5,1): error MIG4005: ").Says("Column: price.");

        consumer.Write("Shop/migrations/postgresql/001_rows.sql", Rows.Replace("4,80", "4.80", StringComparison.Ordinal))
            .Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("1 migration applied");
        Assert.AreEqual("1|3.20 2|4.80", string.Join(' ', await database.RowsAsync("SELECT id, price FROM products ORDER BY id")));
    }
}
