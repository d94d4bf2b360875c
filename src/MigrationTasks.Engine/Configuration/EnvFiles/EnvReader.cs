namespace MigrationTasks.Engine.Configuration.EnvFiles;

/// <summary>
/// Finds the variables in the text of a <c>.env</c> file, by the rules of Docker Compose: <c>#</c> behind a blank starts a comment, quoted
/// values may go over several lines, <c>export</c> may stand ahead. A line that is malformed is passed over; who needs its variable is told.
/// </summary>
internal sealed class EnvReader(string text)
{
    private const string NeverClosed = "Its value starts with a quotation mark that is never closed.";
    private const string Behind = "Something other than a comment follows the closing quotation mark of its value.";

    private static readonly string[] Commands = ["export", "set -x", "set", "SET"];

    // From there on, no quotation mark of that kind closes anything: it need not be looked for again.
    private readonly Dictionary<char, int> _openFrom = [];

    private int _position;
    private int _line = 1;

    /// <summary>Every variable that can be told, in the order of the lines.</summary>
    public List<EnvAssignment> Variables { get; } = [];

    /// <summary>The first line that is neither empty nor a comment nor <c>NAME=value</c>; 0 when there is none.</summary>
    public int MalformedLine { get; private set; }

    /// <summary>Reads all of it.</summary>
    public static EnvReader Read(string text)
    {
        var reader = new EnvReader(text);
        while (reader._position < text.Length)
        {
            reader.ReadLine();
        }

        return reader;
    }

    private void ReadLine()
    {
        var end = EndOfLine(_position);
        var line = text.AsSpan(_position, end - _position);
        var equals = line.IndexOf('=');
        var name = WithoutCommand((equals < 0 ? line : line[..equals]).Trim());
        if (name.IsEmpty && equals < 0 || line.TrimStart().StartsWith('#'))
        {
            GoTo(end + 1);
            return;
        }

        if (equals < 0 || !IsName(name))
        {
            MalformedLine = MalformedLine == 0 ? _line : MalformedLine;
            GoTo(end + 1);
            return;
        }

        var start = _position + equals + 1;
        while (start < end && text[start] is ' ' or '\t')
        {
            start++;
        }

        if (start < end && text[start] is '\'' or '"')
        {
            ReadQuoted(name.ToString(), start, end);
        }
        else
        {
            Variables.Add(new EnvAssignment(name.ToString(), _line, EnvQuote.None, WithoutComment(text.AsSpan(start, end - start)).ToString()));
            GoTo(end + 1);
        }
    }

    private void ReadQuoted(string name, int start, int endOfLine)
    {
        var quote = text[start];
        var kind = quote == '\'' ? EnvQuote.Single : EnvQuote.Double;
        var close = ClosingQuote(start);
        var end = close < 0 ? endOfLine : EndOfLine(close);
        if (close < 0 || !IsNothing(close + 1, end))
        {
            // The quotation mark of a later variable may seem to close it: that one is not lost.
            Variables.Add(new EnvAssignment(name, _line, kind, null, close < 0 || close > endOfLine ? NeverClosed : Behind));
            GoTo(endOfLine + 1);
            return;
        }

        var value = text[(start + 1)..close];
        Variables.Add(new EnvAssignment(name, _line, kind, kind == EnvQuote.Single ? value.Replace("\\'", "'", StringComparison.Ordinal) : value));
        GoTo(end + 1);
    }

    private int ClosingQuote(int start)
    {
        var quote = text[start];
        if (_openFrom.TryGetValue(quote, out var open) && start >= open)
        {
            return -1;
        }

        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && (quote == '"' || text[i + 1] == '\''))
            {
                // 'Let\'s go' holds one; of 'C:\' the backslash is the last character.
                if (quote == '\'' && IsNothing(i + 2, EndOfLine(i + 2)))
                {
                    return i + 1;
                }

                i++;
            }
            else if (text[i] == quote)
            {
                return i;
            }
        }

        _openFrom[quote] = start;
        return -1;
    }

    // Nothing, blanks or a comment.
    private bool IsNothing(int from, int end)
    {
        var rest = from >= end ? default : text.AsSpan(from, end - from).Trim();
        return rest.IsEmpty || rest[0] == '#';
    }

    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> value)
    {
        for (var i = value.IndexOf('#'); i >= 0 && i < value.Length; i++)
        {
            if (value[i] == '#' && (i == 0 || value[i - 1] is ' ' or '\t'))
            {
                return value[..i].Trim();
            }
        }

        return value.Trim();
    }

    private static ReadOnlySpan<char> WithoutCommand(ReadOnlySpan<char> name)
    {
        foreach (var command in Commands)
        {
            if (name.StartsWith(command) && name.Length > command.Length && name[command.Length] is ' ' or '\t')
            {
                return name[command.Length..].Trim();
            }
        }

        return name;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private int EndOfLine(int from) => from >= text.Length ? text.Length : text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private void GoTo(int position)
    {
        position = Math.Min(position, text.Length);
        _line += text.AsSpan(_position, position - _position).Count('\n');
        _position = position;
    }
}
