using System.Globalization;

namespace MigrationTasks.Engine.Configuration;

/// <summary>Takes the URLs of database servers apart. Nothing of what is malformed is quoted: it may be a piece of the password.</summary>
internal static class UrlParts
{
    /// <summary>What to do about characters that mean something in a URL.</summary>
    public const string Encode = "Percent-encode special characters of the user and the password (@ is %40, / is %2F, ? is %3F, # is %23, : is %3A, % is %25).";

    /// <summary>Reads <c>name:port</c>; a name in brackets may hold colons, and keeps its brackets.</summary>
    /// <exception cref="FormatException">It is malformed; the message may be shown.</exception>
    public static (string Name, int? Port) ReadHost(ReadOnlySpan<char> host)
    {
        var portStart = host.LastIndexOf(']') is >= 0 and var bracket ? bracket + 1 : host.IndexOf(':');
        var name = portStart < 0 ? host : host[..portStart];
        var port = portStart < 0 || portStart >= host.Length ? [] : host[(portStart + 1)..];
        if (name.IsEmpty)
        {
            throw new FormatException("it has no host.");
        }

        if (port.IsEmpty)
        {
            return (Decode(name), null);
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (Decode(name), number)
            : throw new FormatException($"what follows the host's colon is not a port. {Encode}");
    }

    /// <summary>Takes off what follows the first separator; nothing when there is none.</summary>
    public static ReadOnlySpan<char> TakeFrom(scoped ref ReadOnlySpan<char> text, char separator)
    {
        var index = text.IndexOf(separator);
        if (index < 0)
        {
            return [];
        }

        var taken = text[(index + 1)..];
        text = text[..index];
        return taken;
    }

    /// <summary>Puts characters in the place of percent codes.</summary>
    /// <exception cref="FormatException">A code is malformed, or stands for NUL; the message may be shown.</exception>
    public static string Decode(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0 && i < text.Length; i++)
        {
            if (text[i] == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])))
            {
                throw new FormatException("a % is not followed by two hexadecimal digits; a literal % is written %25.");
            }
        }

        var decoded = Uri.UnescapeDataString(text);
        return decoded.Contains('\0', StringComparison.Ordinal) ? throw new FormatException("it holds a NUL character.") : decoded;
    }
}
