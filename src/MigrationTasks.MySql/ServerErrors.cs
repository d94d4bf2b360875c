using System.Net.Sockets;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Tells what the server or the network said in the words of the product.</summary>
internal static class ServerErrors
{
    /// <summary>All that the server said, on one line.</summary>
    public static string Describe(MySqlException exception) => exception switch
    {
        { SqlState: null, InnerException: NotSupportedException } => "LOAD DATA LOCAL reads a file of this machine. The driver does so only where the connection says AllowLoadLocalInfile=true and checks who the server is (ssl-mode=VERIFY_CA or VERIFY_IDENTITY).",
        { SqlState: null, InnerException: FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException } => Sentence.Of(exception.InnerException.Message),
        { SqlState: { Length: > 0 } state } => $"{exception.Message.TrimEnd('.')} (error {exception.Number}, SQLSTATE {state}).",
        _ => Sentence.Of(exception.Message),
    };

    /// <summary>For what MigrationTasks itself asks the server.</summary>
    public static MigrationException ForOwn(Exception exception, MySqlConfig config, string action) => exception switch
    {
        // The server lets such a user in, for nothing but a new password.
        MySqlException { Number: ServerCodes.MustChangePassword } => ConnectionErrors.Translate(exception, config),
        MySqlException server when StatementErrors.IsReadOnly(server) => Errors.ReadOnly(config.Target, Describe(server), exception),
        MySqlException { ErrorCode: MySqlErrorCode.DiskFull or MySqlErrorCode.RecordFileFull } server => Errors.DiskFull(default, config.Target, Describe(server), "", exception),
        MySqlException server when !IsConnectionLoss(server) => Errors.DatabaseRefused(config.Target, action, Describe(server), exception),
        _ => Errors.ConnectionLost(default, config.Target, Reason(exception), "", exception),
    };

    /// <summary>Whether the connection itself is gone.</summary>
    public static bool IsConnectionLoss(Exception exception) => exception switch
    {
        // The server says these, and hangs up.
        MySqlException { Number: ServerCodes.ServerShutdown or ServerCodes.ConnectionKilled } => true,
        MySqlException { ErrorCode: MySqlErrorCode.NormalShutdown or MySqlErrorCode.AbortingConnection or MySqlErrorCode.NewAbortingConnection or MySqlErrorCode.ClientInteractionTimeout } => true,
        // What the server did not say comes from the network.
        MySqlException server => server.SqlState is null && server.ErrorCode != MySqlErrorCode.CommandTimeoutExpired,
        IOException or SocketException or InvalidOperationException => true,
        _ => false,
    };

    /// <summary>Whether the same may succeed when it is tried again: a lock that was not free, a deadlock, a conflict in a cluster.</summary>
    public static bool MayPass(MySqlException exception) =>
        exception.ErrorCode is MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.LockDeadlock || IsOutsideCluster(exception);

    // A node that has lost the others, or comes back to them, refuses everything until it is one of them again.
    private static bool IsOutsideCluster(MySqlException exception) =>
        (exception.Number == ServerCodes.UnknownCommand && exception.Message.Contains("WSREP", StringComparison.Ordinal))
        || exception.Message.Contains("Not connected to Primary Component", StringComparison.Ordinal);

    /// <summary>Why the connection is gone, or did not come about.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        // By giving up on its socket, the driver ends the wait for a server that says nothing.
        _ when exception.FindCause<SocketException>() is { SocketErrorCode: SocketError.OperationAborted } => Sentence.NoAnswer,
        _ when exception.FindCause<SocketException>() is { } socket => Sentence.Of(socket.Message),
        _ when exception.FindCause<TimeoutException>() is not null => Sentence.NoAnswer,
        MySqlException server when server.SqlState is not null => Describe(server),
        _ when exception.FindCause<EndOfStreamException>() is not null => "The server closed the connection.",
        _ when exception.FindCause<IOException>() is { } io => Sentence.Of(io.Message),
        _ => Sentence.Of(exception.Message),
    };
}
