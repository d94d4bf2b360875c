using System.Globalization;

namespace MigrationTasks.TestServers;

/// <summary>
/// Texts that a terminal, a pipeline's agent, MSBuild or Markdown would take for more than text, for whatever a name or a
/// server's message may hold; and what an output looks like in which nothing of them was interpreted.
/// </summary>
public static class HostileText
{
    /// <summary>Is in each of the texts: where it shows up, the text got through.</summary>
    public const string Mark = "innocent";

    /// <summary>The texts, with a name for each.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["controls"] = "innocent\a\b\u0001\u007f\u0085\tx",
        ["lines"] = "innocent\n##vso[task.setvariable variable=a]b\n::set-output name=a::b\r::error::c\u2028::warning::d",
        ["escapes"] = "innocent\e[31m\e[2J\e]0;title\a\e]8;;http://example.com\e\\x\u009b1m",
        ["directions"] = "innocent\u202Etxet\u2066\u200B\uFEFF\U000E0041",
        ["azure"] = "##vso[task.setvariable variable=a]innocent ###vso[x] ##[error]y",
        ["github"] = "::set-output name=a::innocent",
        ["github after space"] = "  ::add-mask::innocent",
        ["msbuild"] = "innocent;b%3Bc%0A$(PATH)@(Compile)%(Identity)'\"*?",
        ["placeholders"] = "innocent{0}{1:x}{%s%n${a}",
        ["compiler"] = "innocent.cs(1,2): error CS0001: no such error [a.csproj]",
        ["arrow"] = "innocent -> b.dll",
        ["markdown"] = "innocent|`c`<b>*d*_e_</b>[f](http:g)!~~h~~$i$ #1 @j &lt; <!-- -->",
        ["links"] = "innocent http://example.com www.example.com a@example.com",
    };

    /// <summary>The texts that can be a part of a file's name, made one.</summary>
    public static IReadOnlyDictionary<string, string> FileNames { get; } =
        All.ToDictionary(text => text.Key, text => text.Value.Replace('/', '\u2215'));

    /// <summary>Sees that nobody who reads an output finds anything in it that is meant for him.</summary>
    /// <param name="output">The output, in lines.</param>
    /// <param name="ours">The start of a line that is a command on purpose.</param>
    public static void IsNotInterpreted(string output, string? ours = null)
    {
        foreach (var line in output.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (ours is not null && line.TrimStart().StartsWith(ours, StringComparison.Ordinal))
            {
                continue;
            }

            Assert.DoesNotContain("##", line, "Azure Pipelines finds its commands anywhere in a line.");
            Assert.IsFalse(line.TrimStart().StartsWith("::", StringComparison.Ordinal), $"GitHub Actions finds a command in: {line}");
            foreach (var rune in line.EnumerateRunes())
            {
                var category = System.Text.Rune.GetUnicodeCategory(rune);
                Assert.IsFalse(
                    category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
                    $"U+{rune.Value:X4} is in: {line}");
            }
        }
    }
}
