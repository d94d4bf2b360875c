using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Adapters.MySql;

/// <summary>What the words of a statement tell about how it is run.</summary>
internal static partial class StatementText
{
    // Dumps put what only some servers take into a version comment.
    private const string Start = @"^\s*(/\*M?!\d*\s*)?";

    /// <summary>Whether the session may use only the tables that it names, from then on.</summary>
    public static bool LocksTables(string statement) => LockTables().IsMatch(statement);

    /// <summary>Whether the session may use all tables again behind it.</summary>
    public static bool EndsTableLocks(ScriptStatement statement) =>
        statement.Kind is StatementKind.TransactionStart || UnlockTables().IsMatch(statement.Text);

    /// <summary>Whether it does all or nothing: not what runs other statements, which may commit one by one.</summary>
    public static bool IsWhole(ScriptStatement statement) => !RunsOthers().IsMatch(statement.Text);

    /// <summary>Whether the session is the same behind it: so it is behind most, and only of those is it certain.</summary>
    public static bool LeavesNothing(ScriptStatement statement) =>
        statement.SessionEffect == SessionEffect.None && Plain().IsMatch(statement.Text) && !statement.Text.Contains("LOCK", StringComparison.OrdinalIgnoreCase);

    // Who drops the database that he is in, is in none.
    [GeneratedRegex(@"^\s*(CREATE|ALTER|DROP\s+(?!DATABASE|SCHEMA)|RENAME|TRUNCATE|INSERT|REPLACE|UPDATE|DELETE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();

    [GeneratedRegex(Start + @"LOCK\s+TABLES?\b", RegexOptions.IgnoreCase)]
    private static partial Regex LockTables();

    [GeneratedRegex(Start + @"(UNLOCK\s+TABLES?|START\s+TRANSACTION)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UnlockTables();

    [GeneratedRegex(Start + @"(CALL|EXECUTE|BEGIN\s+NOT|IF|CASE|LOOP|WHILE|REPEAT|FOR|DECLARE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RunsOthers();
}
