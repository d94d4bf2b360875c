using System.Security.Authentication;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Tells what stood in the way of a connection, and what helps.</summary>
internal static partial class ConnectionErrors
{
    private const string TlsSettings = "ssl-mode and ssl-ca";

    /// <summary>For a connection that did not come about.</summary>
    /// <param name="exception">What the driver threw.</param>
    /// <param name="config">The database.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<MigrationException> ExplainAsync(Exception exception, MySqlConfig config, CancellationToken cancellation) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost, InnerException: null }
            && await UnreachableHosts.FindReasonsAsync(config, cancellation).ConfigureAwait(false) is { } reasons
                ? Errors.ConnectionFailed(config.Target, config.Settings.Variable, reasons, exception)
                : Translate(exception, config);

    /// <param name="exception">What the driver threw.</param>
    /// <param name="config">The database.</param>
    public static MigrationException Translate(Exception exception, MySqlConfig config)
    {
        var (target, variable) = (config.Target, config.Settings.Variable);
        return exception is MySqlException server && OfServer(server, config) is { } refusal ? refusal : exception switch
        {
            MySqlException when exception.Message.Contains("Authentication", StringComparison.Ordinal) && exception.FindCause<AuthenticationException>() is null =>
                Errors.AuthenticationFailed(target, variable, Sentence.Of(exception.Message), exception),
            _ when exception.FindCause<AuthenticationException>() is { } tls => Errors.TlsFailed(target, variable, Sentence.Of(tls.Message), exception, TlsSettings),
            _ when exception.Message.Contains("SSL", StringComparison.Ordinal) || exception.Message.Contains("TLS", StringComparison.Ordinal) => Errors.TlsFailed(target, variable, Sentence.Of(exception.Message), exception, TlsSettings),
            _ => Errors.ConnectionFailed(target, variable, ServerErrors.Reason(exception), exception),
        };
    }

    private static MigrationException? OfServer(MySqlException refusal, MySqlConfig config)
    {
        var (target, variable, said) = (config.Target, config.Settings.Variable, ServerErrors.Describe(refusal));
        return refusal.Number switch
        {
            (int)MySqlErrorCode.UnknownDatabase => Errors.DatabaseNotFound(target, variable, said, refusal),
            (int)MySqlErrorCode.DatabaseAccessDenied => Errors.DatabaseRefused(
                target, "access", said, refusal, $"The login worked, but this account has no right to a database of that name: GRANT ALL PRIVILEGES ON {MySqlLiteral.Quote(config.Database)}.* TO {AccountIn(refusal)}."),
            ServerCodes.SecureTransportRequired or ServerCodes.SecureTransportRequiredMariaDb => Errors.TlsFailed(target, variable, said, refusal, TlsSettings),
            (int)MySqlErrorCode.ConnectionCountError => Errors.ConnectionFailed(
                target, variable, said, refusal, "The server has as many clients as it takes: close some (SHOW PROCESSLIST lists them), run again later, or raise its max_connections."),
            ServerCodes.TooManyUserConnections => Errors.ConnectionFailed(
                target, variable, said, refusal, "The login worked, but this user has as many connections as the server allows each: close some, run again later, or raise its max_user_connections."),
            ServerCodes.UserLimitReached => Errors.ConnectionFailed(
                target, variable, said, refusal, "The login worked, but this account has used up a limit of its own: close connections of it, run again later, or raise the limit (ALTER USER … WITH …)."),
            _ => NextToLogIn(refusal, variable) is { } next ? Errors.AuthenticationFailed(target, variable, said, refusal, next.Length == 0 ? null : next) : null,
        };
    }

    // Empty where it is the user or the password that is wrong.
    private static string? NextToLogIn(MySqlException refusal, string variable) => refusal.Number switch
    {
        (int)MySqlErrorCode.AccessDenied => "",
        (int)MySqlErrorCode.HostIsBlocked => "An administrator unblocks it with FLUSH HOSTS, or TRUNCATE TABLE performance_schema.host_cache on MySQL; what keeps breaking off connections from there (a health check, a port scanner) would have it blocked again.",
        (int)MySqlErrorCode.HostNotPrivileged => "The server has no account for connections from there: CREATE USER name@host, where the host is the one in this message, or % for any.",
        ServerCodes.AccessDeniedNoPassword => $"This account takes no password: it is for a user of the operating system on the server's own machine. Name another account in {variable}, or give this one a password (ALTER USER … IDENTIFIED BY …).",
        ServerCodes.MustChangePassword or ServerCodes.MustChangePasswordToLogIn => $"The password was right, but has expired: set a new one (ALTER USER … IDENTIFIED BY …), and write it into {variable}.",
        ServerCodes.AccountLocked or ServerCodes.AccountLockedMariaDb => "An administrator unlocks it with ALTER USER … ACCOUNT UNLOCK.",
        _ => null,
    };

    private static string AccountIn(MySqlException refusal) => Account().Match(refusal.Message) is { Success: true } account ? account.Value : "it";

    // In any language.
    [GeneratedRegex("'[^']*'@'[^']*'")]
    private static partial Regex Account();
}
