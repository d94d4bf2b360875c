using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Schema;

/// <summary>Checks that a kind is one word, so that a line can begin with it and go on with a name.</summary>
internal static partial class SchemaKind
{
    public static bool IsValid(string kind) => Word().IsMatch(kind);

    public static void Check(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (!IsValid(kind))
        {
            throw new ArgumentException($"A kind is one word of small letters and hyphens, not '{kind}'.", nameof(kind));
        }
    }

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\z")]
    private static partial Regex Word();
}
