namespace MigrationTasks.Engine.Scripts;

/// <summary>Finds the comments up to the end of a line in text between two tokens: white space, comments, perhaps a semicolon.</summary>
internal static class LineComments
{
    /// <summary>The comments, without what marks them, and where each starts in the text.</summary>
    public static IEnumerable<(int Start, string Comment)> In(string text, SqlLexicon lexicon)
    {
        for (var index = 0; index + 1 < text.Length; index++)
        {
            var mark = MarkLength(text, index, lexicon);
            if (mark > 0)
            {
                var length = lexicon.CarriageReturnEndsComment ? text.AsSpan(index).IndexOfAny('\n', '\r') : text.AsSpan(index).IndexOf('\n');
                var end = length < 0 ? text.Length : index + length;
                yield return (index, text[(index + mark)..end].Trim());
                index = end - 1;
            }
            else if (text[index] == '/' && text[index + 1] == '*')
            {
                index = BlockEnd(text, index + 2, lexicon.CommentsNest) - 1;
            }
        }
    }

    private static int MarkLength(string text, int index, SqlLexicon lexicon) => lexicon.RoleOf(text[index]) switch
    {
        CharacterRole.Hash => 1,
        CharacterRole.Dash when text[index + 1] == '-' => 2,
        _ => 0,
    };

    private static int BlockEnd(string text, int index, bool nests)
    {
        for (var depth = 1; depth > 0 && index + 1 < text.Length; index++)
        {
            if (text[index] == '*' && text[index + 1] == '/')
            {
                depth--;
                index++;
            }
            else if (nests && text[index] == '/' && text[index + 1] == '*')
            {
                depth++;
                index++;
            }
        }

        return index;
    }
}
