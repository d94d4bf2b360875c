using System.Net.Sockets;
using System.Security.Authentication;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Tells what the server or the network said in the words of the product.</summary>
internal static class ServerErrors
{
    private const string Redacted = "Detail redacted";
    private const string Success = "00000";

    /// <summary>All that the server said, on one line.</summary>
    public static string Describe(string message, string sqlState, string? detail, string? hint)
    {
        var text = Sentence.Of(sqlState == Success ? message : $"{message} (SQLSTATE {sqlState})");
        if (!string.IsNullOrEmpty(detail))
        {
            text += detail.StartsWith(Redacted, StringComparison.Ordinal)
                ? " Its detail may hold data and is not shown; add include_error_detail=true to the connection to see it."
                : $" Detail: {Sentence.Of(detail)}";
        }

        return string.IsNullOrEmpty(hint) ? text : $"{text} Hint: {Sentence.Of(hint)}";
    }

    public static string Describe(PostgresException exception) =>
        Describe(exception.MessageText, exception.SqlState, exception.Detail, exception.Hint);

    /// <summary>What stood in the way of a connection.</summary>
    public static MigrationException ConnectionFailure(Exception exception, PostgreSqlConfig config)
    {
        var (target, variable) = (config.Target, config.Settings.Variable);
        switch (exception)
        {
            case PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } server:
                return Errors.DatabaseNotFound(target, variable, Describe(server), exception);
            case PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } server when server.MessageText.Contains("encryption", StringComparison.OrdinalIgnoreCase):
                return Errors.TlsFailed(target, variable, Describe(server), exception);
            case PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } server:
                return Errors.DatabaseRefused(target, "access", Describe(server), exception, "The login worked, but this user has no right to the database: GRANT CONNECT ON DATABASE … TO … gives it.");
            case PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } server:
                return Errors.ConnectionFailed(
                    target, variable, Describe(server), exception, "The server has no connection left for this: close some (pg_stat_activity lists them), run again later, or raise the limit that the message names.");
            case PostgresException server when server.SqlState.StartsWith("28", StringComparison.Ordinal) || IsUnknownTenant(server):
                return Errors.AuthenticationFailed(target, variable, Describe(server), exception);
            case PostgresException server:
                return Errors.ConnectionFailed(target, variable, Describe(server), exception);
        }

        if (exception.Message.Contains("GSS encryption", StringComparison.Ordinal))
        {
            return Errors.TlsFailed(target, variable, Sentence.Of((exception.InnerException ?? exception).Message), exception, "gssencmode");
        }

        if (exception.FindCause<AuthenticationException>() is { } tls)
        {
            return Errors.TlsFailed(target, variable, Sentence.Of(tls.Message), exception);
        }

        if (exception.Message.Contains("SSL", StringComparison.Ordinal))
        {
            return Errors.TlsFailed(target, variable, Sentence.Of(exception.Message), exception);
        }

        if (exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            return Errors.AuthenticationFailed(target, variable, Sentence.Of(exception.Message), exception);
        }

        return Errors.ConnectionFailed(target, variable, Reason(exception), exception);
    }

    /// <summary>For what MigrationTasks itself asks the server.</summary>
    public static MigrationException ForOwn(Exception exception, PostgreSqlConfig config, string action) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } server => Errors.ReadOnly(config.Target, Describe(server), exception),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } server => Errors.DiskFull(default, config.Target, Describe(server), "", exception),
        PostgresException server when !IsConnectionLoss(server) => Errors.DatabaseRefused(config.Target, action, Describe(server), exception),
        _ => Errors.ConnectionLost(default, config.Target, Reason(exception), "", exception),
    };

    /// <summary>Whether the same may succeed when it is tried again: a lock that was not free, a deadlock, a conflict of serializable transactions.</summary>
    public static bool MayPass(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>Whether the connection itself is gone.</summary>
    public static bool IsConnectionLoss(Exception exception) => exception switch
    {
        // After a FATAL error the server hangs up, whatever its code: a shutdown, a limit on idle sessions, a pooler's refusal.
        PostgresException server => server.InvariantSeverity is "FATAL" or "PANIC" || server.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => exception.InnerException is not TimeoutException,
        IOException or SocketException => true,
        _ => false,
    };

    /// <summary>Whether the server takes itself up again after a crash, and lets nobody in before it has.</summary>
    public static bool IsRecovery(Exception exception) => CauseOf(exception) is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow };

    /// <summary>Whether one of the hosts, which may be several, has refused the user or the database.</summary>
    public static bool IsRefusal(Exception exception) => exception switch
    {
        PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow } => true,
        AggregateException several => several.InnerExceptions.Any(IsRefusal),
        _ => exception.InnerException is { } cause && IsRefusal(cause),
    };

    /// <summary>Whether somebody was there and hung up, which a server does to all when one of its processes crashed.</summary>
    public static bool IsHangUp(Exception exception) => CauseOf(exception) is
        PostgresException { SqlState: PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.AdminShutdown } or NpgsqlException { InnerException: IOException };

    /// <summary>Why the connection is gone, or did not come about.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        PostgresException server => Describe(server),
        _ when exception.FindCause<SocketException>() is { } socket => Sentence.Of(socket.Message),
        _ when exception is OperationCanceledException || exception.FindCause<TimeoutException>() is not null => Sentence.NoAnswer,
        _ when exception.FindCause<EndOfStreamException>() is not null => "The server closed the connection.",
        _ when exception.InnerException is IOException io => Sentence.Of(io.Message),
        _ => Sentence.Of(exception.Message),
    };

    // How the Supabase pooler says that the project in the user's name does not exist.
    private static bool IsUnknownTenant(PostgresException server) =>
        server.MessageText.Contains("Tenant or user not found", StringComparison.OrdinalIgnoreCase);

    private static Exception? CauseOf(Exception exception) => exception is MigrationException ? exception.InnerException : exception;
}
