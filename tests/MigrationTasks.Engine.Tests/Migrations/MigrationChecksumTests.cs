using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class MigrationChecksumTests
{
    private const int Chunk = 64 * 1024;

    [TestMethod]
    public void It_is_the_SHA_256_of_the_content_with_its_algorithm() => Assert.AreEqual(
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Of("test"));

    [TestMethod]
    [DataRow("a\r\nb\r\n", "a\nb\n")]
    [DataRow("\r\n", "\n")]
    [DataRow("a\r\r\nb", "a\r\nb", DisplayName = "a lone CR before a CR LF stays")]
    [DataRow("\uFEFFa\r\n", "a\n")]
    [DataRow("\uFEFF", "")]
    public void Line_ends_and_a_byte_order_mark_do_not_count(string text, string plain) => Assert.AreEqual(Hash(plain), Of(text));

    [TestMethod]
    [DataRow("a\rb", "a\nb")]
    [DataRow("a\r", "a")]
    [DataRow("a\r", "a\n")]
    [DataRow("a", "b")]
    [DataRow("a\uFEFF", "a")]
    public void Everything_else_counts(string one, string other) => Assert.AreNotEqual(Of(one), Of(other));

    [TestMethod]
    public void A_lone_return_is_taken_as_it_is() => Assert.AreEqual(Hash("a\rb\r"), Of("a\rb\r"));

    [TestMethod]
    [DataRow(Chunk - 2)]
    [DataRow(Chunk - 1)]
    [DataRow(Chunk)]
    [DataRow(2 * Chunk - 1)]
    public void A_line_end_may_lie_across_the_chunks_that_are_read(int before)
    {
        var start = new string('x', before);

        Assert.AreEqual(Hash(start + "\ny"), Of(start + "\r\ny"), "CR LF");
        Assert.AreEqual(Hash(start + "\ry"), Of(start + "\ry"), "lone CR");
        Assert.AreEqual(Hash(start + "\r"), Of(start + "\r"), "CR at the end");
        Assert.AreEqual(Hash(start + "\r\n"), Of(start + "\r\r\n"), "CR CR LF");
    }

    [TestMethod]
    public void Reads_that_are_short_do_not_matter()
    {
        var text = "\uFEFF" + string.Concat(Enumerable.Repeat("a\r\nb\rc\n", 30_000));
        using var whole = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var trickle = new TrickleStream(Encoding.UTF8.GetBytes(text));

        Assert.AreEqual(MigrationChecksum.Compute(whole, out _), MigrationChecksum.Compute(trickle, out _));
    }

    [TestMethod]
    public void The_head_is_handed_over_without_the_byte_order_mark()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF-- head"));

        MigrationChecksum.Compute(content, out var head);

        Assert.AreEqual("-- head", Encoding.UTF8.GetString(head));
    }

    private static string Of(string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return MigrationChecksum.Compute(content, out _);
    }

    private static string Hash(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Gives seven bytes at most, as a pipe may.
    private sealed class TrickleStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
