using MigrationTasks.PostgreSql;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Which of the server's errors mean that the connection is gone.</summary>
[TestClass]
public sealed class ConnectionLossTests
{
    [TestMethod]
    [DataRow("FATAL", "57P01", true)]
    [DataRow("FATAL", "25P03", true)]
    [DataRow("FATAL", "25P04", true)]
    [DataRow("ERROR", "08P01", true)]
    [DataRow("ERROR", "42P01", false)]
    [DataRow("ERROR", "57014", false)]
    public void The_connection_is_gone_after_a_fatal_error_whatever_its_code(string severity, string code, bool isGone) =>
        Assert.AreEqual(isGone, ServerErrors.IsConnectionLoss(new PostgresException("message", severity, severity, code)));
}
