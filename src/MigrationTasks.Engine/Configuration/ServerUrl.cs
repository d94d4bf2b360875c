namespace MigrationTasks.Engine.Configuration;

/// <summary>The parts of <c>scheme://user:password@hosts/database?name=value</c>, still percent-encoded.</summary>
internal readonly ref struct ServerUrl
{
    private readonly string _query;

    /// <summary>Takes a URL apart.</summary>
    /// <exception cref="FormatException">It is malformed; the message may be shown.</exception>
    public ServerUrl(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new FormatException("after the scheme comes //.");
        }

        var rest = url.AsSpan(start + 3);
        var query = UrlParts.TakeFrom(ref rest, '?');
        Database = UrlParts.TakeFrom(ref rest, '/');
        if (query.Contains('@') || Database.Contains('@'))
        {
            throw new FormatException($"there is an @ after the host. {UrlParts.Encode}");
        }

        _query = query.ToString();
        var at = rest.LastIndexOf('@');
        Hosts = rest[(at + 1)..];
        HasLogin = at >= 0;
        var user = HasLogin ? rest[..at] : [];
        Password = UrlParts.TakeFrom(ref user, ':');
        User = user;
    }

    /// <summary>Whether there is a user, who may have an empty name.</summary>
    public bool HasLogin { get; }

    /// <summary>The user.</summary>
    public ReadOnlySpan<char> User { get; }

    /// <summary>The password; empty where there is none.</summary>
    public ReadOnlySpan<char> Password { get; }

    /// <summary>The hosts, each with its port or without.</summary>
    public ReadOnlySpan<char> Hosts { get; }

    /// <summary>The database; empty where there is none.</summary>
    public ReadOnlySpan<char> Database { get; }

    /// <summary>The parameters in their order, decoded; one without a value has an empty one.</summary>
    /// <exception cref="FormatException">One is malformed, when the enumeration gets there; the message may be shown.</exception>
    public IEnumerable<(string Name, string Value)> Parameters => _query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter =>
    {
        var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, right) : (parameter, "");
        return (UrlParts.Decode(name), UrlParts.Decode(value));
    });

    /// <summary>Whether a connection is a URL of one of some schemes.</summary>
    public static bool IsOf(IEnumerable<string> schemes, string connection) =>
        schemes.Any(scheme => connection.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase));
}
