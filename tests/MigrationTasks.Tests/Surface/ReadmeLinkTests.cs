using System.Text.RegularExpressions;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Surface;

/// <summary>The documentation lies beside what it documents, and a reader gets from each part of it to the others.</summary>
[TestClass]
public sealed partial class ReadmeLinkTests
{
    private static readonly string[] Made = ["bin", "obj", "artifacts", "packages", "node_modules"];

    public static IEnumerable<string> Readmes => In(Repository.Folder).Select(file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    [TestMethod]
    [DynamicData(nameof(Readmes))]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there(string readme)
    {
        foreach (var (path, heading) in LinksOf(readme))
        {
            Assert.IsTrue(File.Exists(Path.Combine(Repository.Folder, path)), $"{readme} links to {path}, which is not there.");
            Assert.IsTrue(heading is null || Headings(path).Contains(heading), $"{readme} links to #{heading} of {path}, which is not there.");
        }
    }

    [TestMethod]
    public void Every_part_can_be_reached_from_the_first_one()
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>(["README.md"]);
        while (next.TryDequeue(out var readme))
        {
            if (reached.Add(readme))
            {
                LinksOf(readme).Select(link => link.Path).Where(path => path.EndsWith(".md", StringComparison.Ordinal)).ToList().ForEach(next.Enqueue);
            }
        }

        Assert.IsEmpty(Readmes.Except(reached));
    }

    [TestMethod]
    [DataRow("How do I …, and why?", "how-do-i--and-why")]
    [DataRow("`.env` files", "env-files")]
    [DataRow("[A link](to/something)", "a-link")]
    public void A_heading_is_called_as_GitHub_calls_it(string heading, string anchor) => Assert.AreEqual(anchor, Anchor(heading));

    private static IEnumerable<(string Path, string? Heading)> LinksOf(string readme)
    {
        foreach (Match link in Link().Matches(Code().Replace(Repository.Read(readme), "")))
        {
            var parts = link.Groups["target"].Value.Split('#');
            var path = parts[0].Length == 0 ? readme : Path.GetRelativePath(Repository.Folder, Path.GetFullPath(parts[0], Path.Combine(Repository.Folder, Path.GetDirectoryName(readme)!)));
            yield return (path.Replace('\\', '/'), parts.ElementAtOrDefault(1));
        }
    }

    private static IEnumerable<string> Headings(string path) =>
        Heading().Matches(Fence().Replace(Repository.Read(path), "")).Select(match => Anchor(match.Groups["text"].Value.Trim()));

    private static string Anchor(string heading) => NotInAnchors().Replace(Link().Replace(heading, "]").ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> In(string folder) => Directory.GetFiles(folder, "README.md").Concat(
        Directory.GetDirectories(folder).Where(child => Path.GetFileName(child) is var name && name[0] != '.' && !Made.Contains(name)).SelectMany(In));

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^ *```.*?^ *```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
