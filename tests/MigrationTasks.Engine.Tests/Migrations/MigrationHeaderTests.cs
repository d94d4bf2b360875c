using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class MigrationHeaderTests
{
    [TestMethod]
    public void Every_key_is_read_in_any_case_and_with_any_line_end()
    {
        var header = MigrationHeader.Read("-- Migration: Add users\r\n--created: 2026-01-02\r\n\r\n-- REQUIRES: 001, 002_a\r\n-- Requires: 003\r\n-- Transaction: None\r\nSELECT 1;");

        Assert.AreEqual(("Add users", "2026-01-02", "None", 6), (header.Title, header.Created, header.TransactionMode, header.TransactionLine));
        Assert.AreEqual("001 002_a 003", string.Join(' ', header.Requires));
        Assert.IsFalse(header.IsTransactional);
        Assert.IsTrue(header.IsTransactionModeKnown);
    }

    [TestMethod]
    [DataRow("-- Rollback: DROP TABLE a;\nSELECT 1;", "DROP TABLE a;")]
    [DataRow("-- Rollback: DROP TABLE a;\n--   DROP TABLE b;\n--\n-- Words.\n", "DROP TABLE a;\nDROP TABLE b;")]
    [DataRow("-- Rollback:\n-- DROP TABLE a;\n-- Created: today\n", "DROP TABLE a;")]
    [DataRow("-- Rollback:\n", null)]
    [DataRow("-- Words.\n", null)]
    [DataRow("SELECT 1;\n-- Rollback: DROP TABLE a;", null)]
    public void The_rollback_goes_on_until_an_empty_line(string text, string? rollback) =>
        Assert.AreEqual(rollback, MigrationHeader.Read(text).Rollback);

    [TestMethod]
    public void A_header_ends_where_the_code_starts()
    {
        var header = MigrationHeader.Read("/* comment */\n-- Transaction: none\n");

        Assert.IsTrue(header.IsTransactional);
    }

    [TestMethod]
    public void An_unknown_transaction_mode_is_told_apart() =>
        Assert.IsFalse(MigrationHeader.Read("-- Transaction: maybe").IsTransactionModeKnown);

    [TestMethod]
    public void A_file_without_a_header_is_transactional() => Assert.AreEqual(MigrationHeader.Empty, MigrationHeader.Read("SELECT 1;"));
}
