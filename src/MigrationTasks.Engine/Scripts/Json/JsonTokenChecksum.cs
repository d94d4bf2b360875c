namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>
/// What counts of a JSON document: all but the white space between its tokens. It may have placeholders where no JSON could
/// stand, so that it is no parser's business.
/// </summary>
internal static class JsonTokenChecksum
{
    private const string WhiteSpace = " \t\r\n";

    /// <summary>Takes a document into a checksum.</summary>
    /// <param name="text">The document as written.</param>
    /// <param name="checksum">The checksum.</param>
    public static void Append(string text, TokenChecksum checksum)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = rest[0] == '"' ? StringLength(rest) : rest.IndexOfAny(" \t\r\n\"") is >= 0 and var end ? end : rest.Length;
            checksum.Append(rest[..length]);
            rest = rest[length..].TrimStart(WhiteSpace);
        }

        checksum.EndToken();
    }

    private static int StringLength(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    return i + 1;
                case '\\':
                    i++;
                    break;
            }
        }

        return text.Length;
    }
}
