using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class SqlHeaderTests
{
    [TestMethod]
    public void Every_key_is_read_in_any_case_and_with_any_line_end()
    {
        var header = SqlHeader.Read("-- Migration: Add users\r\n--created: 2026-01-02\r\n\r\n-- REQUIRES: 001, 002_a\r\n-- Requires: 003\r\n-- Transaction: None\r\n-- lock timeout: 10s\r\nSELECT 1;");

        Assert.AreEqual(("Add users", "2026-01-02", TimeSpan.FromSeconds(10)), (header.Title, header.Created, header.LockTimeout));
        Assert.AreEqual("001 002_a 003", string.Join(' ', header.Requires));
        Assert.IsFalse(header.IsTransactional);
        Assert.IsEmpty(header.Problems);
    }

    [TestMethod]
    [DataRow("-- Rollback: DROP TABLE a;\nSELECT 1;", "DROP TABLE a;")]
    [DataRow("-- Rollback: DROP TABLE a;\n--   DROP TABLE b;\n--\n-- Words.\n", "DROP TABLE a;\nDROP TABLE b;")]
    [DataRow("-- Rollback:\n-- DROP TABLE a;\n-- Created: today\n", "DROP TABLE a;")]
    [DataRow("-- Rollback: DELETE FROM a\n-- WHERE id = 1;\n\n-- Words.\n", "DELETE FROM a\nWHERE id = 1;", DisplayName = "a statement is never cut")]
    [DataRow("-- Rollback: DROP TABLE a;\n\n-- Words.\n", "DROP TABLE a;", DisplayName = "a blank line ends it")]
    [DataRow("-- =====\n-- Rollback: DROP TABLE a;\n-- =====\n-- Words.\n", "DROP TABLE a;", DisplayName = "a ruler ends it")]
    [DataRow("-- Rollback: DROP TABLE a;\n--------------\n-- Words.\n", "DROP TABLE a;", DisplayName = "a ruler of dashes ends it")]
    [DataRow("-- Rollback: ALTER TABLE a ADD CHECK (b > 0\n-- );\n", "ALTER TABLE a ADD CHECK (b > 0\n);", DisplayName = "punctuation is no ruler")]
    [DataRow("-- Rollback:\n\n-- Words.\n", null, DisplayName = "an empty one takes nothing from further below")]
    [DataRow("-- Rollback:\n", null)]
    [DataRow("-- Words.\n", null)]
    [DataRow("SELECT 1;\n-- Rollback: DROP TABLE a;", null)]
    public void The_rollback_is_all_comment_lines_up_to_an_empty_one(string text, string? rollback) =>
        Assert.AreEqual(rollback, SqlHeader.Read(text).Rollback);

    [TestMethod]
    public void Each_line_of_the_rollback_knows_its_place_in_the_file() =>
        Assert.AreEqual(
            "3,15 DROP TABLE a; | 4,15 DROP TABLE b; | 5,3 DROP TABLE c;",
            string.Join(" | ", SqlHeader.Read("-- Migration: 😀\r\n\r--  rollback: DROP TABLE a;  \n \t--\t         DROP TABLE b;\n--DROP TABLE c;\n").RollbackLines
                .Select(line => $"{line.Line},{line.Column} {line.Text}")));

    [TestMethod]
    public void A_header_ends_where_the_code_starts()
    {
        var header = SqlHeader.Read("/* comment */\n-- Transaction: none\n");

        Assert.IsTrue(header.IsTransactional);
    }

    [TestMethod]
    [DataRow("500ms", 500)]
    [DataRow("10s", 10_000)]
    [DataRow("10 S", 10_000)]
    [DataRow("2min", 120_000)]
    [DataRow("0", 0)]
    [DataRow("0s", 0)]
    [DataRow("None", 0)]
    [DataRow("2147483647ms", int.MaxValue)]
    public void A_lock_timeout_has_a_unit(string value, int milliseconds) =>
        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), SqlHeader.Read($"-- Lock timeout: {value}").LockTimeout);

    [TestMethod]
    [DataRow("Transaction", "maybe")]
    [DataRow("Transaction", "")]
    [DataRow("Lock timeout", "10")]
    [DataRow("Lock timeout", "")]
    [DataRow("Lock timeout", "s")]
    [DataRow("Lock timeout", "-1s")]
    [DataRow("Lock timeout", "1.5s")]
    [DataRow("Lock timeout", "1,000ms")]
    [DataRow("Lock timeout", "10 hours")]
    [DataRow("Lock timeout", "10s 5ms")]
    [DataRow("Lock timeout", "2147483648ms")]
    [DataRow("Lock timeout", "2147484s")]
    [DataRow("Lock timeout", "forever")]
    public void A_value_that_means_nothing_is_a_problem_at_its_line(string key, string value)
    {
        var header = SqlHeader.Read($"-- Migration: A\n-- {key}: {value}\nSELECT 1;");

        Assert.AreEqual((2, key, value), (header.Problems.Single().Line, header.Problems.Single().Key, header.Problems.Single().Value));
        Assert.IsTrue(header.IsTransactional);
        Assert.IsNull(header.LockTimeout);
    }

    [TestMethod]
    public void A_file_without_a_header_is_transactional() => Assert.AreEqual(MigrationHeader.Empty, SqlHeader.Read("SELECT 1;"));
}
