using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests;

[TestClass]
public sealed class PlainTextTests
{
    [TestMethod]
    [DataRow(null, "")]
    [DataRow("plain, ünï 😀 # text", "plain, ünï 😀 # text")]
    [DataRow("two\r\nlines\tand a tab", "two  lines and a tab")]
    [DataRow("\u001b[31mred\u001b[0m", "[31mred [0m")]
    [DataRow("a\u202Eb\u2028c", "a b c")]
    [DataRow(" trimmed\n", "trimmed")]
    [DataRow("::error::x", ": ::error::x")]
    [DataRow("\n ::error::x", ": ::error::x")]
    [DataRow("a::b", "a::b")]
    [DataRow("a\U000E0041b", "a b")]
    public void Text_is_one_line_that_nobody_interprets(string? text, string plain) => Assert.AreEqual(plain, PlainText.Of(text));

    [TestMethod]
    public void Lines_stay_lines_and_keep_their_indentation() =>
        Assert.AreEqual("one\n    two\n  : ::three\n\n# #four", PlainText.OfLines("one\r\n    two\e\n  ::three\n\n##four"));

    [TestMethod]
    [DataRow("##vso[task.setvariable variable=a]b")]
    [DataRow("x ##[error]y")]
    [DataRow("###vso[task]")]
    [DataRow("####[error]")]
    [DataRow("#\u0001#vso[task]")]
    public void No_command_of_azure_pipelines_is_left(string text)
    {
        var plain = PlainText.Of(text);

        Assert.DoesNotContain("##", plain, $"'{plain}' holds a command.");
    }
}
