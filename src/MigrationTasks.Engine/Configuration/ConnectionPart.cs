using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Configuration;

/// <summary>
/// Checks the parts of a connection that messages show, ours or the server's: where a separator is wrong or missing, a part holds all
/// that follows it, the password too. Every adapter gives its parts to this one place, and what is refused here is never quoted.
/// </summary>
public static partial class ConnectionPart
{
    // Far more than any has, and little enough for what drivers do with it, some of which takes the longer the more there is.
    private const int MaximumLength = 8_192;

    private const string Separators =
        "Keywords are separated by semicolons (Host=…;Database=…), the parameters of a URL start with ? and are separated by &, and what of that belongs to a name or a password is quoted or percent-encoded.";

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("=;&,'\"`");

    /// <summary>Checks that a connection is no longer than one can be.</summary>
    /// <param name="connection">All of it.</param>
    /// <exception cref="FormatException">It is; the message may be shown.</exception>
    public static void CheckLength(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Length > MaximumLength)
        {
            throw new FormatException($"it is longer than {MaximumLength} characters.");
        }
    }

    /// <summary>Checks a host: a name or an address, with its port or without, or the path of a socket.</summary>
    /// <param name="host">One host.</param>
    /// <exception cref="FormatException">It can be none; the message may be shown.</exception>
    public static void CheckHost(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return;
        }

        if (IsSocket(host))
        {
            CheckPath("path of its socket", host);
        }
        else if (!IsAddress(host) && ProblemOf(host) is { } problem)
        {
            throw new FormatException(problem);
        }
    }

    /// <summary>Whether a host is the path of a Unix socket, or of the folder that has one; an abstract one starts with <c>@</c>.</summary>
    /// <param name="host">One host.</param>
    public static bool IsSocket(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.StartsWith('/') || host.StartsWith('@') || Path.IsPathRooted(host);
    }

    /// <summary>Checks a name: of a database, a user or a schema.</summary>
    /// <param name="what">What it names, such as <c>database</c>.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="FormatException">It holds a separator, a quotation mark or a control character; the message may be shown.</exception>
    public static void CheckName(string what, string? name)
    {
        if (name is not null && (name.AsSpan().ContainsAny(NotInNames) || name.Any(char.IsControl)))
        {
            throw new FormatException($"the name of its {what} holds one of = ; & , or a quotation mark. {Separators}");
        }

        CheckText(what, name);
    }

    /// <summary>Checks the path of a file, which may hold more than a name.</summary>
    /// <param name="what">What it is, such as <c>path</c>.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="FormatException">It holds what no path has, or what looks like a password; the message may be shown.</exception>
    public static void CheckPath(string what, string? path)
    {
        if (path is not null && (path.Contains('\0', StringComparison.Ordinal) || Keyword().IsMatch(path)))
        {
            throw new FormatException($"its {what} holds a NUL character, or what looks like another keyword. {Separators}");
        }

        if (path is not null && Login().IsMatch(path))
        {
            throw new FormatException($"its {what} holds what looks like a user and a password.");
        }

        CheckText(what, path);
    }

    /// <summary>Checks any other text.</summary>
    /// <param name="what">What it is, such as <c>Application Name</c>.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It holds what looks like a password; the message may be shown.</exception>
    public static void CheckText(string what, string? text)
    {
        if (text is not null && Password().IsMatch(text))
        {
            throw new FormatException($"its {what} holds what looks like a password. {Separators}");
        }
    }

    // [::1]:5432, or an address as it is.
    private static bool IsAddress(string host) => host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        ? IPAddress.TryParse(host[1..end], out _) && (end == host.Length - 1 || (host[end + 1] == ':' && IsPort(host[(end + 2)..])))
        : IPAddress.TryParse(host, out _);

    private static string? ProblemOf(string host)
    {
        var (name, port) = host.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? (host[..colon], host[(colon + 1)..]) : (host, "1");
        return !name.All(character => char.IsLetterOrDigit(character) || character is '.' or '-' or '_') ? $"its host holds a character that none can have. {Separators}"
            : IsPort(port) ? null
            : "what follows the colon of a host is not a port.";
    }

    private static bool IsPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;

    // A semicolon alone may be part of a file's name.
    [GeneratedRegex(@";[^/\\]*=", RegexOptions.NonBacktracking)]
    private static partial Regex Keyword();

    // user:password@, within one folder's name.
    [GeneratedRegex(@":[^/\\]*@", RegexOptions.NonBacktracking)]
    private static partial Regex Login();

    [GeneratedRegex(@"(pass|password|passwd|pwd|psw|passphrase|secret)\s*[=:]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Password();
}
