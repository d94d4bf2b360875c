namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>
/// A migration that leaves a trace of each of its parts, so that it can be told from outside how much of it stands: rows
/// (its version, the ordinal of the statement) in a log table without any key, and objects whose names start with its prefix.
/// </summary>
/// <param name="Version">Its version.</param>
/// <param name="Title">Its name after the version.</param>
/// <param name="Statements">Its statements in order; what is no SQL yet is made so by <see cref="Log"/> and <see cref="Object"/>.</param>
internal sealed record ChaosMigration(int Version, string Title, params IReadOnlyList<string> Statements)
{
    /// <summary>The log: the first migration creates it.</summary>
    public const string LogTable = "chaos_001_log";

    private const string LogMark = "-- leaves a row\n";
    private const string ObjectMark = "-- leaves an object\n";

    /// <summary>Whether it runs in one transaction.</summary>
    public bool IsTransactional { get; init; } = true;

    /// <summary>Its name in the history.</summary>
    public string Name => $"{Version:D3}_{Title}.sql";

    /// <summary>The ordinals of the statements that leave a row.</summary>
    public IReadOnlyList<int> Rows => OrdinalsOf(LogMark);

    /// <summary>The ordinals of the statements that leave an object.</summary>
    public IReadOnlyList<int> Objects => OrdinalsOf(ObjectMark);

    /// <summary>The file's text.</summary>
    public string Text => string.Concat([
        IsTransactional ? "" : "-- Transaction: none\n",
        .. Statements.Select((statement, index) => $"{(statement == LogMark ? $"INSERT INTO {LogTable} VALUES ({Version}, {index + 1})" : statement)};\n"),
    ]);

    /// <summary>What takes away every trace of it, in one transaction.</summary>
    public string Rollback => string.Concat([
        .. Objects.Reverse().Select(ordinal => $"{DropOf(Statements[ordinal - 1])};\n"),
        Version == 1 ? "" : RollbackOfRows,
    ]);

    /// <summary>What takes away its rows in the log.</summary>
    public string RollbackOfRows => $"DELETE FROM {LogTable} WHERE migration = {Version};\n";

    /// <summary>A statement that leaves a row.</summary>
    public static string Log => LogMark;

    /// <summary>A statement that leaves an object.</summary>
    public static string Object(string sql) => ObjectMark + sql;

    /// <summary>Whether a statement leaves an object.</summary>
    public static bool LeavesObject(string statement) => statement.StartsWith(ObjectMark, StringComparison.Ordinal);

    // CREATE TABLE name … or CREATE INDEX [CONCURRENTLY] name …
    private static string DropOf(string create) =>
        $"DROP {create[ObjectMark.Length..].Split(' ')[1]} {create.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("chaos_", StringComparison.Ordinal))}";

    private List<int> OrdinalsOf(string mark) =>
        [.. Enumerable.Range(1, Statements.Count).Where(ordinal => Statements[ordinal - 1].StartsWith(mark, StringComparison.Ordinal))];
}
