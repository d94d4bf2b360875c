using System.Net;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;
using MigrationTasks.TestServers;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>What makes text from outside plain, for logs and for Markdown.</summary>
[TestClass]
public sealed class PlainTextFuzz : FuzzContract
{
    protected override IEnumerable<string> Fragments =>
        ["#", "##", "vso[", ":", "::", "error::", "\e[31m", "\u009b", "\u2066", "\U000E0041", " ", "\n", "|", "*", "_", "`", "<", "&", "&#35;", "$", "@", "www.", "http://", ":smile:", "a", .. HostileText.All.Values];

    protected override IEnumerable<Growth> Growths => [Growth.Of("#"), Growth.Of("::"), Growth.Of("\e"), Growth.Of(" "), Growth.Of("\n"), Growth.Of("a"), Growth.Of("😀"), Growth.Of("|"), Growth.Of("_"), Growth.Of("www.")];

    protected override void Read(string input)
    {
        PlainText.Of(input);
        PlainText.OfLines(input);
        MarkdownReport.Escape(input);
    }

    protected override void Check(string input)
    {
        var plain = PlainText.Of(input);
        HostileText.IsNotInterpreted(plain);
        Assert.DoesNotContain("\n", plain);
        Assert.AreEqual(plain, PlainText.Of(plain));
        Assert.AreEqual(plain, WebUtility.HtmlDecode(MarkdownReport.Escape(input)));
        HostileText.IsNotInterpreted(PlainText.OfLines(input));
        Assert.HasCount(input.Split('\n').Length, PlainText.OfLines(input).Split('\n'));
    }
}
