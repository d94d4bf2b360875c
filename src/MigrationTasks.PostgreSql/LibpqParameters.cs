namespace MigrationTasks.PostgreSql;

/// <summary>The parameters of libpq that there are; those that Npgsql cannot do are named when somebody sets them.</summary>
internal static class LibpqParameters
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname", "fallback_application_name", "gssdelegation", "gssencmode", "gsslib", "host", "hostaddr",
        "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname", "load_balance_hosts", "max_protocol_version", "min_protocol_version", "oauth_client_id",
        "oauth_client_secret", "oauth_issuer", "oauth_scope", "options", "passfile", "password", "port", "replication", "require_auth", "requirepeer", "requiressl", "scram_client_key",
        "scram_server_key", "service", "servicefile", "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcert", "sslcertmode", "sslcompression", "sslcrl", "sslcrldir", "sslkey",
        "sslkeylogfile", "sslmode", "sslnegotiation", "sslpassword", "sslrootcert", "sslsni", "target_session_attrs", "tcp_user_timeout", "user",
    };

    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["service"] = "pg_service.conf is not read; write its host, port, dbname and user into the connection.",
        ["servicefile"] = "pg_service.conf is not read; write its host, port, dbname and user into the connection.",
        ["hostaddr"] = "Write the address as the host.",
        ["sslcrl"] = "Lists of revoked certificates are asked for with Check Certificate Revocation=true.",
        ["sslcrldir"] = "Lists of revoked certificates are asked for with Check Certificate Revocation=true.",
        ["replication"] = "Migrations run on an ordinary connection.",
        ["gsslib"] = "Leave it out.",
        ["keepalives_count"] = "Leave it out; the system's own number counts.",
    };

    // What changes nothing here: the value that Npgsql works by, or a detail of libpq alone.
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.OrdinalIgnoreCase)
    {
        "fallback_application_name", "keepalives", "sslcompression", "sslsni", "tcp_user_timeout", "gssdelegation",
    };

    /// <summary>Whether libpq has it.</summary>
    public static bool IsKnown(ReadOnlySpan<char> name) => Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    /// <summary>Whether it may stand there and changes nothing.</summary>
    public static bool HasNoEffect(string name) => WithoutEffect.Contains(name);

    /// <summary>What is the matter with one that Npgsql did not take. A name that libpq does not have is not shown: it may be a piece of the password.</summary>
    public static string Problem(string name, int position) => Names.TryGetValue(name, out var known)
        ? Instead.TryGetValue(known, out var instead) ? $"the parameter {known} is not supported. {instead}" : $"the parameter {known} is not supported, or has a value that it cannot have."
        : $"its parameter number {position} is unknown, or has a value that it cannot have.";
}
