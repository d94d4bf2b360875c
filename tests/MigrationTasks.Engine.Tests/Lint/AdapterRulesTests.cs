using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Lint;

/// <summary>What lint does for the adapter of somebody else.</summary>
[TestClass]
public sealed class AdapterRulesTests
{
    private static readonly LintProfile Profile = new(SqliteDialect.Instance, NameCase.Ignored, new StatementRule("OTHER7", statement => statement.Take("EXPORT") ? "Do not." : null));

    [TestMethod]
    public void The_rules_of_every_SQL_database_are_its_own_too() => Assert.AreEqual(
        "MIG5060(1,1) MIG5019(2,15) MIG5030(3,1) MIG5040(4,1)",
        Lint("CREATE TABLE a (id int);", "\nALTER TABLE a ADD b int NOT NULL;\nDROP TABLE A;\nDELETE FROM c;"));

    [TestMethod]
    public void Its_own_rule_warns_at_the_statement_under_its_own_code()
    {
        var warning = Warnings("-- Rollback: SELECT 1;\nSELECT 1;\n  EXPORT DATABASE 'a';").Single();

        Assert.AreEqual(("OTHER7", DiagnosticSeverity.Warning, "Do not.", 3, 3), (warning.Code, warning.Severity, warning.Message, warning.Location.Line, warning.Location.Column));
    }

    [TestMethod]
    public void A_comment_silences_its_own_rule() =>
        Assert.IsEmpty(Warnings("-- Rollback: SELECT 1;\n\n-- Lint: ignore OTHER7, MIG5030 on purpose\nEXPORT DATABASE 'a'; -- Lint: ignore other7: on purpose\n").Where(warning => warning.Code == "OTHER7"));

    [TestMethod]
    [DataRow("OTHER7", "MIG5092(2,1)", DisplayName = "its own, with nothing to silence")]
    [DataRow("MIG5999", "MIG5090(2,1)", DisplayName = "one that nobody has")]
    public void A_comment_that_silences_nothing_is_told(string code, string told) =>
        Assert.AreEqual(told, Lint($"-- Rollback: SELECT 1;\n-- Lint: ignore {code} on purpose\nSELECT 1;"));

    [TestMethod]
    [DataRow("MIG7001")]
    [DataRow("other7")]
    [DataRow("OTHER")]
    [DataRow("7")]
    [DataRow("")]
    public void A_code_that_is_not_its_own_is_refused(string code) => Assert.ThrowsExactly<ArgumentException>(() => new StatementRule(code, _ => null));

    private static IReadOnlyList<Diagnostic> Warnings(params string[] scripts) => LintText.Warnings(Profile, new LintOptions(), null, scripts);

    private static string Lint(params string[] scripts) => string.Join(' ', Warnings(scripts)
        .Where(warning => warning.Location.File!.Contains($"{scripts.Length:000}", StringComparison.Ordinal))
        .Select(warning => $"{warning.Code}({warning.Location.Line},{warning.Location.Column})"));
}
