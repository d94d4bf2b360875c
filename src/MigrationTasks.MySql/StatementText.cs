using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql;

/// <summary>What the words of a statement tell about how it is run.</summary>
internal static partial class StatementText
{
    // Dumps put what only some servers take into a version comment.
    // Every server that is supported runs what is for older ones; MariaDB passes over what is for MySQL 5.7 and later.
    private const string FirstVersionForSome = "50700";

    private const string Start = @"^\s*(/\*M?!\d*\s*)?";

    /// <summary>Whether the session may use only the tables that it names, from then on.</summary>
    public static bool LocksTables(string statement) => LockTables().IsMatch(statement);

    /// <summary>Whether the session may use all tables again behind it.</summary>
    public static bool EndsTableLocks(ScriptStatement statement) =>
        statement.Kind is StatementKind.TransactionStart || UnlockTables().IsMatch(statement.Text);

    /// <summary>Whether what comes behind it may not be committed by itself: it sets <c>autocommit</c> or <c>completion_type</c>, or runs what may.</summary>
    public static bool MayHoldBackCommits(ScriptStatement statement) =>
        !IsWhole(statement) || (statement.SessionEffect != SessionEffect.None && CommitSetting().IsMatch(statement.Text));

    /// <summary>
    /// Whether nothing may travel with it: what reads a file of this machine fails here and not at the server, which would go on; a
    /// comment for another server leaves an empty statement, which is refused in a list of several.
    /// </summary>
    public static bool TravelsAlone(ScriptStatement statement) => LocalFile().IsMatch(statement.Text) || IsForSomeServers(statement.Text);

    /// <summary>Whether it is a comment for some servers and nothing else: others have nothing to run then.</summary>
    public static bool IsForSomeServers(string statement) => VersionComment().Match(statement) is { Success: true } comment
        && (comment.Groups["other"].Success || comment.Groups["version"].Value is var version && (version.Length != 5 || string.CompareOrdinal(version, FirstVersionForSome) >= 0));

    /// <summary>
    /// What is sent behind a setting that would change how the rest of the script arrives: its text is always UTF-8, and a COMMIT
    /// must not end the connection.
    /// </summary>
    /// <returns>A statement; <see langword="null"/> where there is nothing to set right.</returns>
    public static string? CorrectionOf(ScriptStatement statement)
    {
        if (statement.SessionEffect == SessionEffect.None)
        {
            return null;
        }

        List<string> settings = [];
        // Several in one statement, of which each may be another.
        if (Encoding().Count(statement.Text) > Unicode().Count(statement.Text))
        {
            settings.AddRange("character_set_client = utf8mb4", "character_set_results = utf8mb4");
        }

        if (statement.Text.Contains("completion_type", StringComparison.OrdinalIgnoreCase))
        {
            settings.Add("completion_type = 0");
        }

        return settings.Count == 0 ? null : $"SET SESSION {string.Join(", ", settings)}";
    }

    /// <summary>Whether it does all or nothing: not what runs other statements, which may commit one by one.</summary>
    public static bool IsWhole(ScriptStatement statement) => !RunsOthers().IsMatch(statement.Text);

    /// <summary>Whether the session is the same behind it: so it is behind most, and only of those is it certain.</summary>
    public static bool LeavesNothing(ScriptStatement statement) =>
        statement.SessionEffect == SessionEffect.None && Plain().IsMatch(statement.Text) && !statement.Text.Contains("LOCK", StringComparison.OrdinalIgnoreCase);

    // Who drops the database that he is in, is in none.
    [GeneratedRegex(@"^\s*(CREATE|ALTER|DROP\s+(?!DATABASE|SCHEMA)|RENAME|TRUNCATE|INSERT|REPLACE|UPDATE|DELETE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\b(autocommit|completion_type)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CommitSetting();

    [GeneratedRegex(Start + @"LOAD\s+(DATA|XML)\s+((LOW_PRIORITY|CONCURRENT)\s+)?LOCAL\b", RegexOptions.IgnoreCase)]
    private static partial Regex LocalFile();

    [GeneratedRegex(@"^\s*/\*((?<other>M)!|!)(?<version>\d*)(?:(?!\*/).)*\*/\s*$", RegexOptions.Singleline)]
    private static partial Regex VersionComment();

    [GeneratedRegex(@"\b(NAMES|CHARSET|CHARACTER\s+SET|character_set_client|character_set_results)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Encoding();

    [GeneratedRegex(@"\b(NAMES|CHARSET|CHARACTER\s+SET|(character_set_client|character_set_results)\s*:?=)\s*['""]?(utf8|utf8mb3|utf8mb4)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unicode();

    // The history is not among the tables that may be used then, or no other statement at all may be run.
    [GeneratedRegex(Start + @"(LOCK\s+TABLES?\b|FLUSH\s+((LOCAL|NO_WRITE_TO_BINLOG)\s+)?TABLES?\b.*\b(WITH\s+READ\s+LOCK|FOR\s+EXPORT)\b|XA\s+(START|BEGIN)\b)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex LockTables();

    [GeneratedRegex(Start + @"(UNLOCK\s+TABLES?|START\s+TRANSACTION|XA\s+(COMMIT|ROLLBACK))\b", RegexOptions.IgnoreCase)]
    private static partial Regex UnlockTables();

    [GeneratedRegex(Start + @"(CALL|EXECUTE|BEGIN\s+NOT|IF|CASE|LOOP|WHILE|REPEAT|FOR|DECLARE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RunsOthers();
}
