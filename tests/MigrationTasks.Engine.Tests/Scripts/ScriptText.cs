using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

/// <summary>Short ways to read a script that stands in a test.</summary>
internal static class ScriptText
{
    public const string File = "/m/1.sql";

    public static List<ScriptStatement> Read(SqlDialect dialect, string script) =>
        [.. dialect.ReadStatements(new StringReader(script), File)];

    /// <summary>The texts of the statements that are not empty.</summary>
    public static List<string> Split(SqlDialect dialect, string script) =>
        [.. from statement in Read(dialect, script) where statement.Kind != StatementKind.Empty select statement.Text];

    public static ScriptStatement Only(SqlDialect dialect, string script) =>
        Read(dialect, script).Single(statement => statement.Kind != StatementKind.Empty);

    /// <summary>The one problem, as a build would print it up to its code.</summary>
    public static string Problem(Action read)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(read).Diagnostics.Single();
        return $"{problem.Code} {problem.Location}";
    }

    /// <summary>Reads a script in which <c>${a}</c> stands for a value.</summary>
    public static List<ScriptStatement> Read(SqlDialect dialect, string script, string value) =>
        [.. dialect.ReadStatements(new StringReader(script), File, A(value))];

    /// <summary>The one placeholder <c>${a}</c>.</summary>
    public static Placeholders A(string value) => Placeholders.Create([KeyValuePair.Create("a", value)]);

    public static string Problem(SqlDialect dialect, string script) => Problem(() => Read(dialect, script));
}
