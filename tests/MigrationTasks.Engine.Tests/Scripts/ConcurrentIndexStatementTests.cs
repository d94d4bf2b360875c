using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class ConcurrentIndexStatementTests
{
    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY a_idx ON a (id)", "Create a a_idx - ")]
    [DataRow("create unique index concurrently if not exists a_idx on only shop.a using btree (id)", "Create shop.a a_idx - conditional")]
    [DataRow("CREATE INDEX CONCURRENTLY \"A idx\" ON \"Shop\" . \"A\" (id)", "Create \"Shop\".\"A\" \"A idx\" - ")]
    [DataRow("CREATE INDEX CONCURRENTLY/* why */a_idx -- here\nON a (id)", "Create a a_idx - ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id)", "Create a - a_id_idx ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON Shop.Orders USING gin (Tags gin_trgm_ops (siglen = 32), \"Who\" COLLATE \"C\" DESC NULLS LAST) INCLUDE (b) WHERE id > 0", "Create Shop.Orders - orders_tags_Who_b_idx ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (lower(email))", "Create a - - ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a ((x || y))", "Create a - - ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id, id)", "Create a - - ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id) INCLUDE (lower(b))", "Create a - - ")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a_table_with_a_long_name_that_leaves_no_room (a_column_with_a_long_name)", "Create a_table_with_a_long_name_that_leaves_no_room - - ")]
    [DataRow("DROP INDEX CONCURRENTLY shop.a_idx CASCADE", "Drop - shop.a_idx - ")]
    [DataRow("DROP INDEX CONCURRENTLY IF EXISTS a_idx", "Drop - a_idx - conditional")]
    [DataRow("REINDEX INDEX CONCURRENTLY a_idx", "Rebuild - a_idx - ")]
    [DataRow("REINDEX (VERBOSE, CONCURRENTLY) TABLE a", "Rebuild a - - ")]
    [DataRow("REINDEX TABLE a", null)]
    [DataRow("REINDEX SCHEMA CONCURRENTLY public", null)]
    [DataRow("CREATE INDEX a_idx ON a (id)", null)]
    [DataRow("DROP INDEX a_idx", null)]
    [DataRow("CREATE TABLE a (id int)", null)]
    [DataRow("CREATE INDEX CONCURRENTLY", "Create - - - ")]
    public void The_tokens_say_which_index_of_which_table_is_meant(string statement, string? expected)
    {
        var read = ConcurrentIndexStatement.Read(statement);

        Assert.AreEqual(
            expected,
            read is null ? null : $"{read.Action} {read.Table ?? "-"} {read.Index ?? "-"} {read.UsualIndex ?? "-"} {(read.IsConditional ? "conditional" : "")}");
    }
}
