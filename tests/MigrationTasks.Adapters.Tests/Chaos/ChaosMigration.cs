namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>
/// A migration that leaves a trace of each of its parts, so that it can be told from outside how much of it stands: rows
/// (its version, the ordinal of the statement) in a log table without any key, and objects whose names start with its prefix.
/// </summary>
/// <param name="Version">Its version.</param>
/// <param name="Title">Its name after the version.</param>
/// <param name="Statements">Its statements in order; <see cref="Log"/> and <see cref="Object"/> mark those that leave something.</param>
internal sealed record ChaosMigration(int Version, string Title, params IReadOnlyList<string> Statements)
{
    /// <summary>The log: the first migration creates it.</summary>
    public const string LogTable = "chaos_001_log";

    private const string LogMark = "leaves a row";
    private const string ObjectMark = "leaves an object: ";

    /// <summary>Whether it runs in one transaction.</summary>
    public bool IsTransactional { get; init; } = true;

    /// <summary>Its name in the history, without the extension of its file.</summary>
    public string Name => $"{Version:D3}_{Title}";

    /// <summary>The ordinals of the statements that leave a row.</summary>
    public IReadOnlyList<int> Rows => OrdinalsOf(LogMark);

    /// <summary>The ordinals of the statements that leave an object.</summary>
    public IReadOnlyList<int> Objects => OrdinalsOf(ObjectMark);

    /// <summary>Its statements without marks, with the rows of the log as a dialect writes them.</summary>
    /// <param name="log">Writes the row of a version and the ordinal of a statement.</param>
    public IEnumerable<string> Fill(Func<int, int, string> log) =>
        Statements.Select((statement, index) => statement == LogMark ? log(Version, index + 1) : WithoutMark(statement));

    /// <summary>A statement that leaves a row.</summary>
    public static string Log => LogMark;

    /// <summary>A statement that leaves an object.</summary>
    public static string Object(string statement) => ObjectMark + statement;

    /// <summary>Whether a statement leaves an object.</summary>
    public static bool LeavesObject(string statement) => statement.StartsWith(ObjectMark, StringComparison.Ordinal);

    /// <summary>A statement as the database reads it.</summary>
    public static string WithoutMark(string statement) => LeavesObject(statement) ? statement[ObjectMark.Length..] : statement;

    private List<int> OrdinalsOf(string mark) =>
        [.. Enumerable.Range(1, Statements.Count).Where(ordinal => Statements[ordinal - 1].StartsWith(mark, StringComparison.Ordinal))];
}
