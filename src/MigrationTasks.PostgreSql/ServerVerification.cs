using MigrationTasks.Engine.Diagnostics;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>By whom a server's certificate is vouched for, as libpq takes it: who names an authority wants the server to be verified.</summary>
internal static class ServerVerification
{
    // libpq's word for the authorities that the system trusts.
    private const string System = "system";

    /// <summary>Makes the mode fit the authority.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="variable">The variable that it was read from.</param>
    /// <exception cref="MigrationException">MIG1007 when they do not go together.</exception>
    public static void Settle(NpgsqlConnectionStringBuilder connection, string variable)
    {
        if (connection.RootCertificate == System)
        {
            // Anybody can have a certificate that one of those has signed: only with the name does it say something.
            var isWeaker = connection.ShouldSerialize("SSL Mode") && connection.SslMode != SslMode.VerifyFull;
            connection.RootCertificate = null;
            connection.SslMode = isWeaker
                ? throw Errors.ConnectionMalformed(variable, "sslrootcert=system goes with sslmode=verify-full only.", PostgreSqlConfig.Form)
                : SslMode.VerifyFull;
        }
        else if (connection is { SslMode: SslMode.Require, RootCertificate.Length: > 0 })
        {
            connection.SslMode = SslMode.VerifyCA;
        }
    }
}
