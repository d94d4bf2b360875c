using System.Text.RegularExpressions;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>Reads from a server's log what one application had it do.</summary>
/// <param name="file">The log.</param>
internal sealed partial class PostgreSqlLog(string file)
{
    /// <summary>The application whose statements are read.</summary>
    public const string Application = "recorded";

    // A line that starts so belongs to a message of its own; the others go on with the one before.
    private const string Prefix = "@";

    private long _position;

    /// <summary>What a server must be set to.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["log_statement"] = "all",
        ["log_line_prefix"] = $"{Prefix}%a|%c|",
        ["log_min_messages"] = "error",
        ["log_min_error_statement"] = "panic",
        ["log_error_verbosity"] = "default",
    };

    /// <summary>Starts here.</summary>
    public void Skip() => _position = new FileInfo(file).Length;

    /// <summary>
    /// What was done since: the session that did it, counted from 1, and the statement with its parameters; or how it failed.
    /// </summary>
    public IReadOnlyList<string> ReadOperations()
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = _position;
        using var reader = new StreamReader(stream);
        var messages = $"\n{reader.ReadToEnd()}".Split($"\n{Prefix}", StringSplitOptions.RemoveEmptyEntries);
        var sessions = new List<string>();
        var operations = new List<string>();
        foreach (var message in messages.Select(message => Message().Match(message)).Where(message => message.Groups["application"].Value == Application))
        {
            var session = message.Groups["session"].Value;
            if (!sessions.Contains(session))
            {
                sessions.Add(session);
            }

            Add(operations, $"{sessions.IndexOf(session) + 1}> ", message.Groups["kind"].Value, Normalize(message.Groups["text"].Value));
        }

        return operations;
    }

    private static void Add(List<string> operations, string session, string kind, string text)
    {
        // With a capital since PostgreSQL 16.
        if (kind is "DETAIL" && text.StartsWith("parameters: ", StringComparison.OrdinalIgnoreCase))
        {
            operations[^1] = Duration().Replace($"{operations[^1]}   [{text["parameters: ".Length..]}]", "$1<ms>'");
        }
        else if (kind is "ERROR")
        {
            operations.Add($"{session}!! {text}");
        }
        else if (kind is "LOG")
        {
            operations.Add($"{session}{Execution().Replace(text, "")}");
        }
    }

    private static string Normalize(string text)
    {
        var line = Space().Replace(text, " ").Trim();
        line = Marker().Replace(line, "MigrationTasks:<run>:");
        line = Checksum().Replace(line, "sha256:<checksum>");
        line = LockKey().Replace(line, "$1<key>)");
        return Time().Replace(line, "'<time>'");
    }

    [GeneratedRegex(@"^(?<application>[^|]*)\|(?<session>[^|]*)\|(?<kind>[A-Z]+):\s+(?<text>.*)$", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"^(execute <unnamed>|statement): ")]
    private static partial Regex Execution();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("MigrationTasks:[0-9a-f]{32}:")]
    private static partial Regex Marker();

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Checksum();

    [GeneratedRegex(@"'\d{4}-\d\d-\d\d [\d:.]+\+00'")]
    private static partial Regex Time();

    [GeneratedRegex(@"(advisory_xact_lock\()-?\d+\)")]
    private static partial Regex LockKey();

    // The parameter of that column, whichever number it has.
    [GeneratedRegex(@"(execution_ms = \$(?<number>\d+)\b.*\$\k<number> = ')\d+'")]
    private static partial Regex Duration();
}
