using System.Text;

namespace MigrationTasks.Engine.Configuration.EnvFiles;

/// <summary>
/// Takes a value apart that is not between single quotes: <c>$NAME</c> and <c>${NAME}</c> are references, <c>$$</c> and <c>\$</c> stand for a
/// <c>$</c>, and one that no name follows is one, too. What stands in double quotes keeps its escapes.
/// </summary>
internal sealed class EnvValueParser
{
    private const int DeepestNesting = 32;

    private readonly string _value;
    private int _position;

    private EnvValueParser(string value) => _value = value;

    /// <summary>Takes a value apart.</summary>
    /// <param name="value">The value.</param>
    /// <param name="parts">Its parts; empty when it is malformed.</param>
    /// <returns>Where a reference starts that is malformed, or -1.</returns>
    public static int Parse(string value, out IReadOnlyList<EnvPart> parts)
    {
        var parser = new EnvValueParser(value);
        parts = parser.ReadParts(0, out var malformed) ?? [];
        return malformed;
    }

    private List<EnvPart>? ReadParts(int depth, out int malformed)
    {
        var parts = new List<EnvPart>();
        var text = new StringBuilder();
        malformed = -1;
        while (_position < _value.Length && !(depth > 0 && _value[_position] == '}'))
        {
            var (current, next) = (_value[_position], _position + 1 < _value.Length ? _value[_position + 1] : '\0');
            if (current == '\\' && next != '\0')
            {
                // An escaped $ is one, and \\ is left for whoever reads escapes.
                text.Append(next == '$' ? "" : "\\").Append(next);
                _position += 2;
            }
            else if (current == '$' && next == '$')
            {
                text.Append('$');
                _position += 2;
            }
            else if (current == '$' && (next == '{' || IsFirst(next)))
            {
                var start = _position;
                if (ReadReference(depth, out malformed) is not { } reference)
                {
                    malformed = malformed < 0 ? start : malformed;
                    return null;
                }

                if (text.Length > 0)
                {
                    parts.Add(new EnvPart(text.ToString()));
                    text.Clear();
                }

                parts.Add(reference);
            }
            else
            {
                text.Append(current);
                _position++;
            }
        }

        if (text.Length > 0)
        {
            parts.Add(new EnvPart(text.ToString()));
        }

        return parts;
    }

    private EnvPart? ReadReference(int depth, out int malformed)
    {
        malformed = -1;
        var start = _position++;
        var isBraced = _value[_position] == '{';
        _position += isBraced ? 1 : 0;
        var name = ReadName();
        if (!isBraced)
        {
            return new EnvPart(name, new EnvReference(start, IsBraced: false, '\0', EmptyIsUnset: false, []));
        }

        if (name.Length == 0 || depth == DeepestNesting)
        {
            return null;
        }

        var emptyIsUnset = Takes(':');
        var operation = Takes('-') ? '-' : Takes('+') ? '+' : Takes('?') ? '?' : '\0';
        IReadOnlyList<EnvPart> word = [];
        if (operation != '\0')
        {
            if (ReadParts(depth + 1, out malformed) is not { } read)
            {
                return null;
            }

            word = read;
        }

        return Takes('}') && (operation != '\0' || !emptyIsUnset) ? new EnvPart(name, new EnvReference(start, IsBraced: true, operation, emptyIsUnset, word)) : null;
    }

    private bool Takes(char character)
    {
        var isThere = _position < _value.Length && _value[_position] == character;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private string ReadName()
    {
        var start = _position;
        while (_position < _value.Length && (IsFirst(_value[_position]) || (_position > start && char.IsAsciiDigit(_value[_position]))))
        {
            _position++;
        }

        return _value[start.._position];
    }

    private static bool IsFirst(char character) => char.IsAsciiLetter(character) || character == '_';
}
