using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

/// <summary>Where a PostgreSQL script changes what a backslash means in a plain string.</summary>
[TestClass]
public sealed class PostgreSqlStringsTests
{
    [TestMethod]
    [DataRow("set standard_conforming_strings = off")]
    [DataRow("SET SESSION standard_conforming_strings TO 'off'")]
    [DataRow("set local standard_conforming_strings = false")]
    [DataRow("set standard_conforming_strings = 0")]
    [DataRow("select set_config('standard_conforming_strings', 'off', false)")]
    [DataRow("select pg_catalog.set_config('standard_conforming_strings', 'no', true)")]
    [DataRow("begin; set standard_conforming_strings = off; commit")]
    public void Off_it_escapes(string sets) => Assert.AreEqual("'it\\'s; ok' | b", Behind(sets, "'it\\'s; ok'; b"));

    [TestMethod]
    [DataRow("set standard_conforming_strings = on")]
    [DataRow("set standard_conforming_strings to default")]
    [DataRow("set backslash_quote = off")]
    [DataRow("set standard_conforming_strings = off; reset standard_conforming_strings")]
    [DataRow("set standard_conforming_strings = off; reset all")]
    [DataRow("begin; set local standard_conforming_strings = off; commit")]
    [DataRow("begin; set standard_conforming_strings = off; rollback")]
    [DataRow("select set_config('search_path', 'off', false)")]
    public void Otherwise_it_does_not(string sets) => Assert.AreEqual("'c:\\' | b", Behind(sets, "'c:\\'; b"));

    private static string Behind(string sets, string script)
    {
        var before = Read(sets).Count;
        return string.Join(" | ", Read($"{sets};{script}").Skip(before));
    }

    private static List<string> Read(string script) => [.. PostgreSqlDialect.Instance.ReadStatements(new StringReader(script), ScriptText.File).Select(statement => statement.Text)];
}
