using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Validation;

/// <summary>What a check tells without any database.</summary>
[TestClass]
public sealed class MigrationValidatorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("a.sql", "SELECT 1;", "MIG2001 a.sql")]
    [DataRow("001_a.sql", "SELECT 'a;", "MIG2004 001_a.sql(1,8)")]
    [DataRow("001_a.sql", "SELECT 1;\n/* a", "MIG2004 001_a.sql(2,1)")]
    [DataRow("001_a.sql", "SELECT \0;", "MIG2005 001_a.sql(1,8)")]
    [DataRow("001_a.sql", ".mode box", "MIG2006 001_a.sql(1,1)")]
    [DataRow("001_a.sql", "SELECT 1;\nROLLBACK;", "MIG2007 001_a.sql(2,1)")]
    [DataRow("001_a.sql", "VACUUM;", "MIG2008 001_a.sql(1,1)")]
    [DataRow("001_a.sql", "-- Transaction: some\nSELECT 1;", "MIG2010 001_a.sql(1)")]
    [DataRow("001_a.sql", "-- Lock timeout: soon\nSELECT 1;", "MIG2010 001_a.sql(1)")]
    [DataRow("001_a.sql", "-- Requires: 002\nSELECT 1;", "MIG2011 001_a.sql")]
    [DataRow("001_a.sql", "-- Transaction: none\nBEGIN; SELECT 1;", "MIG2015 001_a.sql(2,1)")]
    [DataRow("001_a.sql", "CREATE TABLE a (x);\n-- migrate:down\nDROP TABLE a;", "MIG2019 001_a.sql(2,1)")]
    [DataRow("001_a.sql", "-- Rollback: DROP TABLE (a;\nSELECT 1;", "")]
    [DataRow("001_a.sql", "-- Rollback: DROP TABLE [a;\nSELECT 1;", "MIG2004 001_a.sql(1,25)")]
    [DataRow("001_a.sql", "-- Rollback: SELECT 1;\n--           COMMIT;\nSELECT 1;", "MIG2007 001_a.sql(2,14)")]
    public void A_file_that_cannot_run_is_an_error_where_it_stands(string name, string text, string errors)
    {
        _folder.Write(name, text);

        Assert.AreEqual(errors, Places(Validate().Errors));
    }

    [TestMethod]
    public void A_rollback_file_is_split_too()
    {
        _folder.Write("001_a.sql", "SELECT 1;");
        _folder.Write("001_a.down.sql", "SELECT 1;\n  SELECT 'oops;");

        Assert.AreEqual("MIG2004 001_a.down.sql(2,10)", Places(Validate().Errors));
    }

    [TestMethod]
    public void All_bad_files_are_told_at_once()
    {
        _folder.Write("a.sql");
        _folder.Write("001_a.sql", "SELECT 'a;");
        _folder.Write("1_b.sql", "-- Requires: 007\nCOMMIT;");
        File.WriteAllBytes(_folder.Write("002_c.sql"), [0xFF, 0xFE, 0, 0]);

        Assert.AreEqual(
            "MIG2001 a.sql, MIG2002 1_b.sql, MIG2011 1_b.sql, MIG2004 001_a.sql(1,8), MIG2007 1_b.sql(2,1), MIG2003 002_c.sql(1,1)",
            Places(Validate().Errors));
    }

    [TestMethod]
    [DataRow("-- Rolback: DROP TABLE a;\nSELECT 1;", "MIG2017 001_a.sql(1)")]
    [DataRow("SELECT '${name}', '${name}';\nSELECT ${Name};", "MIG2018 001_a.sql(1,9)")]
    [DataRow("SELECT '${known} $1 $$ ${ } {x}';", "")]
    [DataRow("-- ${name}\n  -- ${name}\nSELECT 1;", "")]
    public void What_looks_like_more_than_it_is_is_warned_of(string text, string warnings)
    {
        _folder.Write("001_a.sql", text);

        Assert.AreEqual(warnings, Places(Validate(LintScope.Off).Warnings));
    }

    [TestMethod]
    [DataRow("001_a.sql", "-- Migration: a\n-- Rollback:\n", "MIG2028 001_a.sql")]
    [DataRow("001_a.sql", "BEGIN;\nCOMMIT;", "MIG2028 001_a.sql")]
    [DataRow("R__a.sql", "-- what is written here later runs", "MIG2028 R__a.sql")]
    public void A_migration_that_is_not_written_yet_is_warned_of(string name, string text, string warnings)
    {
        _folder.Write(name, text);

        Assert.AreEqual(warnings, Places(Validate(LintScope.Off).Warnings));
    }

    [TestMethod]
    [DataRow("DROP TABLE a;", "-- later", "MIG3017 001_a.down.sql, MIG5060 001_a.sql(1,1), MIG5030 001_a.sql(1,1)")]
    [DataRow("-- Rollback: ;\nCREATE TABLE a (i int);", null, "MIG3017 001_a.sql(1,14), MIG5060 001_a.sql(1,1)")]
    [DataRow("-- nothing yet", "", "MIG2028 001_a.sql")]
    [DataRow("CREATE TABLE a (i int);", "SELECT 1;", "")]
    public void A_rollback_without_a_statement_is_told_before_it_is_needed(string text, string? rollback, string warnings)
    {
        _folder.Write("001_a.sql", text);
        if (rollback is not null)
        {
            _folder.Write("001_a.down.sql", rollback);
        }

        Assert.AreEqual(string.Join(", ", warnings.Split(", ").Order()), string.Join(", ", Places(Validate().Warnings).Split(", ").Order()));
    }

    [TestMethod]
    public void A_placeholder_of_a_rollback_file_is_looked_at_too()
    {
        _folder.Write("001_a.sql", "SELECT 1;");
        _folder.Write("001_a.down.sql", "DROP TABLE ${name};");

        Assert.AreEqual("MIG2018 001_a.down.sql(1,12)", Places(Validate().Warnings));
    }

    [TestMethod]
    public void Warnings_come_in_the_order_of_the_files_and_their_lines()
    {
        _folder.Write("010_b.sql", "DROP TABLE b;");
        _folder.Write("9_a.sql", "-- Down: DROP TABLE a;\nDROP TABLE a;\nSELECT '${x}';\nDELETE FROM b;");
        _folder.Write("099_c.down.sql", "");

        Assert.AreEqual(
            "MIG2014 099_c.down.sql, MIG2017 9_a.sql(1), MIG5060 9_a.sql(1,1), MIG5030 9_a.sql(2,1), MIG2018 9_a.sql(3,9), MIG5040 9_a.sql(4,1), MIG5030 010_b.sql(1,1), MIG5060 010_b.sql(1,1)",
            Places(Validate().Warnings));
    }

    [TestMethod]
    public void A_repeatable_migration_is_linted_but_needs_no_rollback()
    {
        _folder.Write("R__a.sql", "DROP TABLE a;");

        Assert.AreEqual("MIG5030 R__a.sql(1,1)", Places(Validate().Warnings));
    }

    [TestMethod]
    public void A_file_that_cannot_run_is_not_linted()
    {
        _folder.Write("001_a.sql", "DROP TABLE a;\nCOMMIT;");

        Assert.IsEmpty(Validate().Warnings);
    }

    [TestMethod]
    public void A_folder_that_is_missing_is_an_error() =>
        Assert.AreEqual("MIG1004", Assert.ThrowsExactly<MigrationException>(() => Validator(_folder.PathOf("missing"), LintScope.Pending).Validate("X", default)).Code);

    private ValidationReport Validate(LintScope lint = LintScope.Pending) => Validator(_folder.Path, lint).Validate("SHOP_URL", default);

    private static MigrationValidator Validator(string folder, LintScope lint) =>
        new(new FakeDefinition("sqlite"), folder, Placeholders.Create([KeyValuePair.Create("known", "x")]), HistoryTableName.Default, new LintOptions(lint));

    private static string Places(IEnumerable<Diagnostic> diagnostics) =>
        string.Join(", ", diagnostics.Select(diagnostic => $"{diagnostic.Code} {Path.GetFileName(diagnostic.Location.ToString())}"));
}
