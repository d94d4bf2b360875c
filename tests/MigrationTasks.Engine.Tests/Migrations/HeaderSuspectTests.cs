using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class HeaderSuspectTests
{
    [TestMethod]
    [DataRow("Rolback: DROP TABLE a;", "Rollback")]
    [DataRow("Roll back: DROP TABLE a;", "Rollback")]
    [DataRow("rollbacks: DROP TABLE a;", "Rollback")]
    [DataRow("Down: DROP TABLE a;", "Rollback")]
    [DataRow("UNDO: drop table a;", "Rollback")]
    [DataRow("Require: 001", "Requires")]
    [DataRow("Depends on: 001", "Requires")]
    [DataRow("depends-on: 001", "Requires")]
    [DataRow("Dependencies: 001, 002", "Requires")]
    [DataRow("Transction: none", "Transaction")]
    [DataRow("transactional: false", "Transaction")]
    [DataRow("lock_timeout: 5s", "Lock timeout")]
    [DataRow("Lock-Timout: 5s", "Lock timeout")]
    public void A_comment_that_looks_like_a_header_is_noticed(string comment, string known)
    {
        var suspect = SqlHeader.Read($"-- Migration: a\n--  {comment}\nSELECT 1;").Suspects.Single();

        Assert.AreEqual((2, comment[..comment.IndexOf(':', StringComparison.Ordinal)], known), (suspect.Line, suspect.Key, suspect.Known));
    }

    [TestMethod]
    [DataRow("Note: rolls back nothing")]
    [DataRow("Author: nobody")]
    [DataRow("Create: the first tables")]
    [DataRow("Migrations: this is the first")]
    [DataRow("Description: a")]
    [DataRow("Down: the road we may drop it")]
    [DataRow("Callback: a hook")]
    [DataRow("Feedback: none")]
    [DataRow("Required by the shop: all of it")]
    [DataRow("Transactions: orders and their lines")]
    [DataRow("Link: https://example.com")]
    [DataRow("https://example.com")]
    [DataRow("SELECT 'rolback: x'")]
    [DataRow("Rolback:")]
    [DataRow("Rollback: DROP TABLE a;")]
    [DataRow("Lint: ignore MIG5030 reason")]
    public void Other_comments_are_only_comments(string comment) => Assert.IsEmpty(SqlHeader.Read($"-- {comment}\nSELECT 1;").Suspects);

    [TestMethod]
    public void The_SQL_of_a_rollback_is_not_judged() => Assert.IsEmpty(SqlHeader.Read("-- Rollback: SELECT 1\n-- down: drop table a;\nSELECT 1;").Suspects);

    [TestMethod]
    public void What_stands_below_the_code_is_not_judged() => Assert.IsEmpty(SqlHeader.Read("SELECT 1;\n-- Rolback: DROP TABLE a;").Suspects);
}
