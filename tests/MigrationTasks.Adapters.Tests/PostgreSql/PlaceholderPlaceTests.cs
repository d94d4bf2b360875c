using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Where an error in a function or block is in the file, when its source is not what stands there.</summary>
[TestClass]
public sealed class PlaceholderPlaceTests : PostgreSqlTest
{
    [TestMethod]
    [DataRow("DO $$\nBEGIN\n  PERFORM ${value};\n  PERFORM 1 / 0;\nEND $$;\n", 4, 3, "division by zero", DisplayName = "A failure in a block is at its line")]
    [DataRow("DO $body$\nBEGIN PERFORM ${value}; INSERT INTO nosuch VALUES (1);\nEND $body$;\n", 2, 37, "nosuch", DisplayName = "A query in a block is at its word")]
    [DataRow("CREATE FUNCTION f(x int) RETURNS int LANGUAGE plpgsql AS '\nBEGIN PERFORM ${value};\n  RETURN x / 0;\nEND';\n\nSELECT f(${value});\n", 3, 3, "division", DisplayName = "A failure in a function is in the function")]
    [DataRow("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT ${value};\n SELECT ${value} + nope $$;\n", 2, 20, "nope", DisplayName = "A query of an SQL function is at its word")]
    public async Task An_error_behind_a_placeholder_is_where_the_author_can_mend_it(string sql, int line, int column, string word)
    {
        Project.Placeholders["value"] = "1 +\n\n2";
        Project.Write("001_a.sql", sql);

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), line, column).Says(word);
    }
}
