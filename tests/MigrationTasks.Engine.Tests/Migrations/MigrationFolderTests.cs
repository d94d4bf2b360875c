using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class MigrationFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Migrations_come_in_the_order_of_their_versions()
    {
        _folder.Write("10_c.sql");
        _folder.Write("9_b.sql");
        _folder.Write("001_a.sql");

        Assert.AreEqual("001_a.sql, 9_b.sql, 10_c.sql", string.Join(", ", Read().Migrations));
    }

    [TestMethod]
    public void Repeatable_migrations_come_last_by_name()
    {
        _folder.Write("R__b.sql", "-- Requires: 9");
        _folder.Write("R__B2.sql");
        _folder.Write("R__a.sql", "-- Requires: 001_a, 9_b.sql");
        _folder.Write("9_b.sql");
        _folder.Write("001_a.sql");

        Assert.AreEqual("001_a.sql, 9_b.sql, R__B2.sql, R__a.sql, R__b.sql", string.Join(", ", Read().Migrations));
    }

    [TestMethod]
    [DataRow("R__a.down.sql", "", "MIG2023 R__a.down.sql", DisplayName = "a rollback file")]
    [DataRow("R__other.down.sql", "", "MIG2023 R__other.down.sql", DisplayName = "a rollback file of nothing")]
    [DataRow("R__b.sql", "-- Migration: b\n-- Rollback: DROP VIEW b;\nSELECT 1;", "MIG2023 R__b.sql(2,14)", DisplayName = "a rollback in the header")]
    [DataRow("002_b.sql", "-- Requires: R__a", "MIG2025 002_b.sql", DisplayName = "a migration that requires a repeatable one")]
    [DataRow("R__b.sql", "-- Requires: 001, r__A.sql", "MIG2025 R__b.sql", DisplayName = "a repeatable one that requires another")]
    [DataRow("R__b.sql", "-- Requires: 002", "MIG2011 R__b.sql", DisplayName = "a repeatable one that requires what is not there")]
    [DataRow("R__b.sql", "-- Transaction: maybe", "MIG2010 R__b.sql(1)", DisplayName = "a transaction mode that is none")]
    [DataRow("r__b.sql", "", "MIG2001 r__b.sql", DisplayName = "a small R")]
    [DataRow("R_b.sql", "", "MIG2001 R_b.sql", DisplayName = "one underscore")]
    public void What_a_repeatable_migration_cannot_be_is_told(string name, string text, string problem)
    {
        _folder.Write("001_a.sql");
        _folder.Write("R__a.sql");
        _folder.Write(name, text);

        Assert.AreEqual(
            problem,
            string.Join(", ", Assert.ThrowsExactly<MigrationException>(Read).Diagnostics.Select(found => $"{found.Code} {Path.GetFileName(found.Location.ToString())}")));
    }

    [TestMethod]
    public void Two_repeatable_migrations_that_differ_in_case_only_are_an_error()
    {
        _folder.Write("R__a.sql");
        if (File.Exists(_folder.PathOf("R__A.sql")))
        {
            Assert.Inconclusive("This file system knows no case.");
        }

        _folder.Write("R__A.sql");

        Assert.AreEqual("MIG2024", Assert.ThrowsExactly<MigrationException>(Read).Code);
    }

    [TestMethod]
    [DataRow("001_caf\u00e9.sql", "001_cafe\u0301.sql")]
    [DataRow("R__caf\u00e9.sql", "R__cafe\u0301.sql")]
    [DataRow("001_caf\u00e9.down.sql", "001_cafe\u0301.down.sql")]
    public void Two_files_whose_names_look_the_same_are_an_error_that_tells_them_apart(string composed, string decomposed)
    {
        _folder.Write(composed);
        _folder.Write(decomposed);
        if (Directory.EnumerateFiles(_folder.Path).Count() == 1)
        {
            Assert.Inconclusive("This file system knows no such difference.");
        }

        var problem = Assert.ThrowsExactly<MigrationException>(Read).Diagnostics.Single();

        Assert.AreEqual("MIG2043", problem.Code);
        Assert.Contains("caf\\u00e9", problem.Message);
        Assert.Contains("cafe\\u0301", problem.Message);
    }

    [TestMethod]
    public void A_letter_and_its_accent_are_one_character_wherever_names_are_compared()
    {
        _folder.Write("001_cafe\u0301.sql");
        _folder.Write("001_caf\u00e9.down.sql", "DROP TABLE a;");
        _folder.Write("002_b.sql", "-- Requires: 001_caf\u00e9\nSELECT 1;");
        _folder.Write("003_c.sql", "-- Requires: 001_cafe\u0301.sql\nSELECT 1;");

        var folder = Read();

        Assert.AreEqual("001_caf\u00e9.sql", folder.Migrations[0].Name);
        Assert.AreEqual("DROP TABLE a;", folder.Migrations[0].Rollback);
        Assert.IsEmpty(folder.Warnings);
    }

    [TestMethod]
    public void Hidden_files_other_endings_and_folders_are_ignored()
    {
        _folder.Write(".001_hidden.sql");
        _folder.Write("notes.md");
        _folder.Write("001_a.sql.bak");
        _folder.Write("sub/001_a.sql");

        Assert.IsEmpty(Read().Migrations);
    }

    [TestMethod]
    public void All_bad_files_are_told_at_once()
    {
        _folder.Write("a.sql");
        _folder.Write("001_a.sql", "-- Transaction: maybe\n-- Lock timeout: 10");
        _folder.Write("1_b.sql", "-- Requires: 007\n-- Rollback: SELECT 1;");
        _folder.Write("1_b.down.sql", "SELECT 1;");

        Assert.AreEqual(
            "MIG2001 a.sql, MIG2010 001_a.sql(1), MIG2010 001_a.sql(2), MIG2012 1_b.down.sql, MIG2002 1_b.sql, MIG2011 1_b.sql",
            string.Join(", ", Assert.ThrowsExactly<MigrationException>(Read).Diagnostics.Select(problem => $"{problem.Code} {Path.GetFileName(problem.Location.ToString())}")));
    }

    [TestMethod]
    public void A_missing_folder_is_an_error() =>
        Assert.AreEqual("MIG1004", Assert.ThrowsExactly<MigrationException>(() => MigrationFolder.Read(_folder.PathOf("missing"), SqliteDialect.Instance, Placeholders.None)).Code);

    [TestMethod]
    public void A_rollback_file_belongs_to_the_migration_of_its_name()
    {
        _folder.Write("001_a.sql");
        _folder.Write("001_a.down.sql", "DROP TABLE a;");
        _folder.Write("002_b.down.sql", "DROP TABLE b;");

        var folder = Read();

        Assert.AreEqual("DROP TABLE a;", folder.Migrations.Single().Rollback);
        Assert.AreEqual(("MIG2014", _folder.PathOf("002_b.down.sql")), (folder.Warnings.Single().Code, folder.Warnings.Single().Location.File));
    }

    [TestMethod]
    public void Two_rollback_files_of_one_migration_are_an_error()
    {
        _folder.Write("001_a.sql");
        _folder.Write("001_a.down.sql");
        _folder.Write("1_a.down.sql");

        Assert.AreEqual("MIG2002", Assert.ThrowsExactly<MigrationException>(Read).Code);
    }

    [TestMethod]
    public void A_header_of_any_length_is_read_whole()
    {
        const int Lines = 10_000;
        _folder.Write("001_a.sql", $"-- Rollback:\n{string.Concat(Enumerable.Range(1, Lines).Select(number => $"-- DELETE FROM a WHERE id = {number};\n"))}\nSELECT 1;");

        var rollback = Read().Migrations.Single().Header.RollbackLines;

        Assert.HasCount(Lines, rollback);
        Assert.AreEqual($"DELETE FROM a WHERE id = {Lines};", rollback[^1].Text);
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("001")]
    [DataRow("001_to_v1.2")]
    [DataRow("001_to_v1.2.sql")]
    public void A_requirement_is_a_version_or_a_name(string requirement)
    {
        _folder.Write("001_to_v1.2.sql");
        _folder.Write("002_b.sql", $"-- Requires: {requirement}");

        Assert.HasCount(2, Read().Migrations);
    }

    [TestMethod]
    public void A_requirement_that_comes_later_is_an_error()
    {
        _folder.Write("001_a.sql", "-- Requires: 002");
        _folder.Write("002_b.sql");

        Assert.AreEqual("MIG2011", Assert.ThrowsExactly<MigrationException>(Read).Code);
    }

    [TestMethod]
    public void A_file_that_goes_away_is_an_error_when_it_is_read()
    {
        _folder.Write("001_a.sql", "SELECT 1;");
        var migration = Read().Migrations.Single();
        File.Delete(migration.Path);

        Assert.AreEqual("MIG2013", Assert.ThrowsExactly<MigrationException>(() => migration.ReadStatements().ToList()).Code);
    }

    [TestMethod]
    public void The_script_of_the_history_is_known_by_its_name()
    {
        _folder.Write("000_migrations_table.sql");
        _folder.Write("001_migrations_table.sql");

        Assert.AreEqual("True, False", string.Join(", ", Read().Migrations.Select(migration => migration.CreatesHistory)));
    }

    private MigrationFolder Read() => MigrationFolder.Read(_folder.Path, SqliteDialect.Instance, Placeholders.None);
}
