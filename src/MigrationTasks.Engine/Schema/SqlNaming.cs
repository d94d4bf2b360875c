using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Schema;

/// <summary>When the case of a name's letters counts.</summary>
public enum NameCase
{
    /// <summary>Never: names are compared in lower case.</summary>
    Ignored,

    /// <summary>Where the name is quoted; without quotes it is in lower case.</summary>
    Quoted,

    /// <summary>Names stay as they are written: whoever asks knows how to compare them.</summary>
    Kept,
}

/// <summary>How a database writes and compares names.</summary>
/// <param name="Case">When the case of a name's letters counts.</param>
/// <param name="UsualSchema">The schema of a name without one; <see langword="null"/> when a name with and without a schema are never the same.</param>
/// <param name="StringQuotes">What strings are quoted with that may stand where a name is meant.</param>
internal sealed record SqlNaming(NameCase Case, string? UsualSchema = null, string StringQuotes = "")
{
    /// <summary>Whether a token may be one part of a name.</summary>
    public bool IsName(SqlTokens token) =>
        !token.AtEnd && (token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName || (token.Kind == SqlTokenKind.Literal && StringQuotes.Contains(token.Text[0])));

    /// <summary>What a token says that is one part of a name, quoted or not.</summary>
    public string Read(SqlTokens token)
    {
        var isQuoted = token.Kind != SqlTokenKind.Word;
        var name = token.Text.ToString();
        if (isQuoted)
        {
            var quote = name[^1..];
            name = name[1..^1].Replace(quote + quote, quote, StringComparison.Ordinal);
        }

        return Case == NameCase.Ignored || (Case == NameCase.Quoted && !isQuoted) ? name.ToLowerInvariant() : name;
    }

    /// <summary>A name from its parts.</summary>
    public SqlName Of(SqlPart? schema, SqlPart name) => new(schema is { } part && part.Value == UsualSchema ? null : schema, name);
}
