using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>A comment <c>-- Lint: ignore MIG5001 reason</c>, or the field <c>lint</c> of a header that is JSON.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Codes">What it silences; nothing when it cannot be understood.</param>
/// <param name="Reason">Why; may be empty, which is a mistake.</param>
/// <param name="FirstLine">The first line that it is about.</param>
/// <param name="LastLine">The last line that it is about.</param>
internal sealed record LintIgnore(SourceLocation Location, IReadOnlyList<string> Codes, string Reason, int FirstLine, int LastLine)
{
    /// <summary>What the comment starts with.</summary>
    public const string Key = "Lint";

    private const string Verb = "ignore";
    private const string CodePrefix = "MIG";

    /// <summary>Whether it is a field of a header.</summary>
    public bool IsField { get; init; }

    /// <summary>Whether a comment is one, without what marks it as a comment.</summary>
    public static bool IsOne(string comment) =>
        comment.StartsWith(Key, StringComparison.OrdinalIgnoreCase) && comment.AsSpan(Key.Length).TrimStart().StartsWith(":", StringComparison.Ordinal);

    /// <summary>Reads such a comment.</summary>
    /// <param name="comment">The comment, without what marks it as one.</param>
    /// <param name="location">Where it stands.</param>
    /// <param name="others">The codes that do not begin as ours do.</param>
    public static LintIgnore Parse(string comment, SourceLocation location, IReadOnlyCollection<string> others) =>
        ParseText(comment[(comment.IndexOf(':', StringComparison.Ordinal) + 1)..], location, others);

    /// <summary>Reads such a field, which is about the whole file.</summary>
    public static LintIgnore ParseField(string value, SourceLocation location) => ParseText(value, location, []) with { IsField = true, FirstLine = 1, LastLine = int.MaxValue };

    private static LintIgnore ParseText(string text, SourceLocation location, IReadOnlyCollection<string> others)
    {
        var words = text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var verb, .. var rest] || !verb.Equals(Verb, StringComparison.OrdinalIgnoreCase))
        {
            return new LintIgnore(location, [], "", 0, 0);
        }

        var codes = rest.Select(word => word.TrimEnd(':', ';').ToUpperInvariant()).TakeWhile(word => word.StartsWith(CodePrefix, StringComparison.Ordinal) || others.Contains(word)).ToList();
        var reason = string.Join(' ', rest[codes.Count..]).TrimStart('-', '–', '—', ':', ' ');
        return new LintIgnore(location, codes, reason, 0, 0);
    }
}
