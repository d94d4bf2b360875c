using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Surface;

[TestClass]
public sealed class PublicSurfaceTests
{
    private const string Approved = "tests/MigrationTasks.Tests/Surface/PublicSurface.approved.txt";

    [TestMethod]
    public void What_users_can_name_changes_only_on_purpose()
    {
        var approved = File.ReadAllLines(Path.Combine(Repository.Folder, Approved));
        var received = PublicSurface.Lines().ToArray();

        var changes = approved.Except(received).Select(line => $"- {line}").Concat(received.Except(approved).Select(line => $"+ {line}")).ToList();

        Assert.IsEmpty(changes, $"The public surface has changed. If that is meant, change {Approved} too:\n{string.Join('\n', changes)}");
    }
}
