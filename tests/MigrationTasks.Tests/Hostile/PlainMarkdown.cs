using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Hostile;

/// <summary>A summary as somebody else reads it: with all that GitHub and Azure DevOps understand.</summary>
internal static partial class PlainMarkdown
{
    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().UseMathematics().UseFootnotes().UseEmojiAndSmiley(enableSmileys: false).UseAlertBlocks().Build();

    /// <summary>Sees that a summary is a heading, results, tables and lists of plain text, as they are made.</summary>
    public static void Check(string markdown)
    {
        HostileText.IsNotInterpreted(markdown, ours: "### ");
        var document = Markdown.Parse(markdown, Reader);
        foreach (var part in document.Descendants())
        {
            Assert.IsTrue(
                part is HeadingBlock or ParagraphBlock or ListBlock or ListItemBlock or Table or TableRow or TableCell
                    or ContainerInline { Parent: null } or LiteralInline or HtmlEntityInline or LineBreakInline or EmphasisInline { DelimiterChar: '*', DelimiterCount: 2 }
                    or LinkReferenceDefinitionGroup { Count: 0 },
                $"{part.GetType().Name} is in:\n{markdown}");
        }

        Assert.HasCount(Strong().Count(markdown), document.Descendants<EmphasisInline>().ToList(), markdown);
        Assert.HasCount(1, document.Descendants<HeadingBlock>().ToList(), markdown);
    }

    [GeneratedRegex(@"^(- (❌|⚠️) )?\*\*", RegexOptions.Multiline)]
    private static partial Regex Strong();
}
