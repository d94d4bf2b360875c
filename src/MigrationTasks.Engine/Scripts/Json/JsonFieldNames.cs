using System.Text.Json;

namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>Notices when a document, or one inside it, has two fields of one name: parsers keep one of them and say nothing.</summary>
internal sealed class JsonFieldNames
{
    private readonly Stack<HashSet<string>?> _open = new();

    /// <summary>Starts with a document whose brace is read.</summary>
    public void Clear()
    {
        _open.Clear();
        _open.Push(null);
    }

    /// <summary>Takes in a token.</summary>
    /// <param name="reader">Stands on it.</param>
    /// <param name="duplicate">The name that the document has already; <see langword="null"/> when the token is no text at all.</param>
    /// <returns>Whether it is in order.</returns>
    public bool Accept(ref Utf8JsonReader reader, out string? duplicate)
    {
        duplicate = null;
        try
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    _open.Push(null);
                    return true;
                case JsonTokenType.EndObject:
                    _open.Pop();
                    return true;
                case JsonTokenType.PropertyName:
                    return IsNew(reader.GetString()!, out duplicate);
                case JsonTokenType.String when reader.ValueIsEscaped:
                    reader.GetString();
                    return true;
                default:
                    return true;
            }
        }
        catch (InvalidOperationException)
        {
            // \uD800 without its other half.
            return false;
        }
    }

    private bool IsNew(string name, out string? duplicate)
    {
        var names = _open.Pop() ?? new HashSet<string>(StringComparer.Ordinal);
        _open.Push(names);
        duplicate = names.Add(name) ? null : name;
        return duplicate is null;
    }
}
