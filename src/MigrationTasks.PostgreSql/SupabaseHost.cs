using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// What a connection to hosted Supabase must look like, whichever folder asks for it. Any other host (local,
/// self-hosted) is none of its business.
/// </summary>
internal static partial class SupabaseHost
{
    private const string PoolerDomain = ".pooler.supabase.com";
    private const string DirectDomain = ".supabase.co";

    /// <summary>Whether a host is one of hosted Supabase.</summary>
    public static bool IsHosted(string? host) =>
        host is not null && (IsIn(host, DirectDomain) || IsIn(host, ".supabase.com"));

    /// <summary>Checks that the parts fit together, and makes sure that the connection is encrypted.</summary>
    /// <param name="connection">The connection; its host is one of hosted Supabase.</param>
    /// <param name="variable">The variable that it was read from.</param>
    /// <param name="sslModeIsGiven">Whether the connection itself says how it wants to be encrypted.</param>
    /// <exception cref="MigrationException">MIG1012, naming the part that is wrong.</exception>
    public static void Check(NpgsqlConnectionStringBuilder connection, string variable, bool sslModeIsGiven)
    {
        if (ProblemOf(connection) is { } problem)
        {
            throw Errors.SupabaseConnection(variable, problem);
        }

        if (connection.SslMode is SslMode.Disable or SslMode.Allow or SslMode.Prefer)
        {
            if (sslModeIsGiven)
            {
                throw Errors.SupabaseConnection(variable, "sslmode must be require, verify-ca or verify-full: a hosted database is never reached unencrypted.");
            }

            connection.SslMode = SslMode.Require;
        }
    }

    /// <summary>The reference of the project, which its direct address and its pooler's have in common; <see langword="null"/> for any other host.</summary>
    /// <param name="connection">The connection.</param>
    public static string? ProjectOf(NpgsqlConnectionStringBuilder connection) =>
        IsIn(connection.Host!, PoolerDomain) ? connection.Username!.Split('.')[^1]
        : DirectName().IsMatch(connection.Host!) ? connection.Host!.Split('.')[1].ToLowerInvariant()
        : null;

    private static string? ProblemOf(NpgsqlConnectionStringBuilder connection)
    {
        var host = connection.Host!;
        var user = connection.Username ?? "";
        if (connection.Password is { } password && password.StartsWith('[') && password.EndsWith(']'))
        {
            return "the password is still the placeholder in square brackets. Put the database's password there.";
        }

        if (IsIn(host, PoolerDomain))
        {
            return PoolerUser().IsMatch(user)
                ? null
                : "the user of the pooler must be postgres.<project>, with the project's reference of 20 letters after the dot.";
        }

        if (!IsIn(host, DirectDomain))
        {
            return $"the host must be <region>{PoolerDomain} or db.<project>{DirectDomain}.";
        }

        if (!DirectName().IsMatch(host))
        {
            return ProjectName().IsMatch(host)
                ? "the host is that of the project's API. The database's host starts with db."
                : $"the host must be db.<project>{DirectDomain}, with the project's reference of 20 letters.";
        }

        return user.Contains('.', StringComparison.Ordinal)
            ? $"a user with the project's reference after a dot belongs to the pooler. At db.<project>{DirectDomain} it is just postgres."
            : null;
    }

    private static bool IsIn(string host, string domain) => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[^.]+\.[a-z0-9]{20}$")]
    private static partial Regex PoolerUser();

    [GeneratedRegex(@"^db\.[a-z0-9]{20}\.supabase\.co$", RegexOptions.IgnoreCase)]
    private static partial Regex DirectName();

    [GeneratedRegex(@"^[a-z0-9]{20}\.supabase\.co$", RegexOptions.IgnoreCase)]
    private static partial Regex ProjectName();
}
