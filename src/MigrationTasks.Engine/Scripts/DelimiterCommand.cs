namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// The client command <c>DELIMITER text</c>, which says what ends the statements after it. No server understands it; whoever
/// splits a script does.
/// </summary>
internal static class DelimiterCommand
{
    /// <summary>What ends a statement where no command says otherwise.</summary>
    public const string Usual = ";";

    private const string Name = "DELIMITER";

    /// <summary>Whether a line of client commands is this one.</summary>
    /// <param name="line">The line, from its first word on.</param>
    public static bool IsOne(ReadOnlySpan<char> line) =>
        line.StartsWith(Name, StringComparison.OrdinalIgnoreCase) && (line.Length == Name.Length || char.IsWhiteSpace(line[Name.Length]));

    /// <summary>The text that it names, in quotes or not; what follows on the line does not count. <see langword="null"/> when there is none that can be one.</summary>
    /// <param name="line">The line.</param>
    public static string? Read(ReadOnlySpan<char> line)
    {
        var rest = line[Name.Length..].Trim();
        var text = rest is ['\'' or '"' or '`', ..] && rest[1..].IndexOf(rest[0]) is var length && length > 0
            ? rest[1..(length + 1)]
            : FirstWord(rest);
        return text.IsEmpty || text.ContainsAny('\\', '\'', '"') || text.Contains('`') || text.ContainsAny(" \t") ? null : text.ToString();
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAny(" \t\v\f");
        return length < 0 ? text : text[..length];
    }
}
