using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Schema;

/// <summary>How a database compares names.</summary>
/// <param name="UsualSchema">The schema of a name without one.</param>
/// <param name="QuotedKeepCase">Whether a quoted name is compared as written; a name without quotes never is.</param>
internal sealed record SqlNaming(string UsualSchema, bool QuotedKeepCase)
{
    /// <summary>What a token says that is one part of a name, quoted or not.</summary>
    public string Read(SqlTokenKind kind, ReadOnlySpan<char> text)
    {
        if (kind != SqlTokenKind.QuotedName)
        {
            return text.ToString().ToLowerInvariant();
        }

        var quote = text[^1].ToString();
        var name = text[1..^1].ToString().Replace(quote + quote, quote, StringComparison.Ordinal);
        return QuotedKeepCase ? name : name.ToLowerInvariant();
    }

    /// <summary>A name from its parts.</summary>
    public SqlName Of(SqlPart? schema, SqlPart name) => new(schema?.Value == UsualSchema ? null : schema, name);
}
