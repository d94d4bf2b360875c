using System.Net.Sockets;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Runner;

[TestClass]
public sealed class WaitingForServerTests
{
    [TestMethod]
    public void Only_what_nobody_answered_may_be_answered_later()
    {
        var adapter = new FakeAdapter();
        var unreachable = Errors.ConnectionFailed("app", "URL", "Connection refused.", new SocketException((int)SocketError.ConnectionRefused));

        Assert.IsTrue(adapter.MayAnswerLater(unreachable));
        Assert.IsFalse(adapter.MayAnswerLater(Errors.ConnectionFailed("app", "URL", "Too many connections.", null)));
        Assert.IsFalse(adapter.MayAnswerLater(Errors.AuthenticationFailed("app", "URL", "No.", new SocketException((int)SocketError.ConnectionRefused))));
    }
}
