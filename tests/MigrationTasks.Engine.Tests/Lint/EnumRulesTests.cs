namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class EnumRulesTests
{
    [TestMethod]
    [DataRow("ALTER TYPE e ADD VALUE 'b';\nINSERT INTO t (x) VALUES ('a'), ('b');", "MIG5052(2,34)")]
    [DataRow("ALTER TYPE e ADD VALUE IF NOT EXISTS 'b' AFTER 'a';\nALTER TABLE t ALTER x SET DEFAULT 'b';", "MIG5052(2,35)")]
    [DataRow("ALTER TYPE e ADD VALUE 'b';\nALTER TYPE e ADD VALUE 'c' AFTER 'b';", "")]
    [DataRow("ALTER TYPE e ADD VALUE 'b';\nCREATE FUNCTION f() RETURNS e LANGUAGE sql AS $$ SELECT 'b'::e $$;", "")]
    [DataRow("INSERT INTO t (x) VALUES ('b');\nALTER TYPE e ADD VALUE 'b';", "")]
    [DataRow("-- Transaction: none\nALTER TYPE e ADD VALUE 'b';\nINSERT INTO t (x) VALUES ('b');", "")]
    [DataRow("CREATE TYPE e AS ENUM ('a');\nALTER TYPE e ADD VALUE 'b';\nINSERT INTO t (x) VALUES ('b');", "")]
    public void A_new_value_is_not_used_in_the_transaction_that_adds_it(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));
}
