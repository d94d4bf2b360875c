using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>The README as a gallery shows it, without the repository around it.</summary>
[TestClass]
public sealed class PackagedReadmeTests
{
    [TestMethod]
    [DataRow("https://github.com/example/MigrationTasks.git", "https://github.com/example/MigrationTasks/blob/0123abc/")]
    [DataRow("https://git.example.com/MigrationTasks.git", "")]
    public void Its_links_lead_to_the_repository_where_that_is_on_GitHub(string remote, string address)
    {
        var readme = File.ReadAllText(Path.Combine(PackedPackage.Repository, "README.md"));
        var packed = File.ReadAllText(Consumer.Run(
            PackedPackage.Repository, new Dictionary<string, string?>(),
            "build", "src/MigrationTasks", "-t:_AddReadme", $"-p:PrivateRepositoryUrl={remote}", "-p:SourceRevisionId=0123abc", "-getProperty:_ReadmeFile").Succeeded().Output.Trim());

        foreach (var start in new[] { "](src/", "](samples/", "](tests/" })
        {
            Assert.Contains(start, readme);
            readme = readme.Replace(start, $"]({address}{start[2..]}", StringComparison.Ordinal);
        }

        Assert.AreEqual(readme.TrimEnd(), packed.TrimEnd());
    }
}
