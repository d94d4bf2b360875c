using System.Globalization;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Reads <c>postgres://user:password@host:port,host:port/database?name=value</c> as libpq does. Problems are told without
/// quoting any part of the URL: whatever is misplaced in it may be a piece of the password.
/// </summary>
internal static class PostgreSqlUrl
{
    public static readonly IReadOnlyList<string> Schemes = ["postgres", "postgresql"];

    private const string Encode = "Percent-encode special characters of the user and the password (@ is %40, / is %2F, ? is %3F, # is %23, : is %3A).";

    public static bool IsUrl(string connection) =>
        Schemes.Any(scheme => connection.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">The URL is malformed; the message may be shown.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new FormatException("after the scheme comes //.");
        }

        var rest = url.AsSpan(start + 3);
        var query = TakeFrom(ref rest, '?');
        var database = TakeFrom(ref rest, '/');
        if (query.Contains('@') || database.Contains('@'))
        {
            throw new FormatException($"there is an @ after the host. {Encode}");
        }

        var builder = new NpgsqlConnectionStringBuilder();
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            ReadLogin(builder, rest[..at]);
        }

        ReadHosts(builder, rest[(at + 1)..]);
        if (!database.IsEmpty)
        {
            builder.Database = Decode(database);
        }

        foreach (var parameter in query.ToString().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, right) : (parameter, "");
            PostgreSqlParameters.Set(builder, Decode(name), Decode(value));
        }

        return builder;
    }

    private static void ReadLogin(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> login)
    {
        var password = TakeFrom(ref login, ':');
        builder.Username = Decode(login);
        if (!password.IsEmpty)
        {
            builder.Password = Decode(password);
        }
    }

    // A single host's port has a keyword of its own; of several hosts each carries its port.
    private static void ReadHosts(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> text)
    {
        var hosts = new List<(string Name, int? Port)>();
        foreach (var range in text.Split(','))
        {
            hosts.Add(ReadHost(text[range]));
        }

        if (hosts is [var only])
        {
            builder.Host = only.Name;
            builder.Port = only.Port ?? NpgsqlConnection.DefaultPort;
        }
        else
        {
            builder.Host = string.Join(',', hosts.Select(host => host.Port is { } port ? $"{host.Name}:{port}" : host.Name));
        }
    }

    private static (string Name, int? Port) ReadHost(ReadOnlySpan<char> host)
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
            : throw new FormatException($"what stands after the host's colon is not a port. {Encode}");
    }

    private static ReadOnlySpan<char> TakeFrom(ref ReadOnlySpan<char> text, char separator)
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

    private static string Decode(ReadOnlySpan<char> text)
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
