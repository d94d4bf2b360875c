using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>The bytes of a file, to be UTF-8. Each character of an input stands for a byte.</summary>
[TestClass]
public sealed class ScriptFileFuzz : FuzzContract
{
    protected override IEnumerable<string> Fragments =>
    [
        "\u00EF\u00BB\u00BF", "\u00FF\u00FE", "\u00FE\u00FF", "\u00C3\u00A9", "\u00F0\u009F\u0098\u0080", "\u00ED\u00A0\u0080", "\u00C0\u0080", "\u00E2\u0082", "\u0080", "\u00BF", "\u00FF", "\u00F5", "\0", "\n", "\r\n", "\r", "a",
    ];

    protected override IEnumerable<Growth> Growths => [Growth.Of("a"), Growth.Of("\u00C3\u00A9"), Growth.Of("\u00F0\u009F\u0098\u0080"), Growth.Of("\r\n"), Growth.Of("a", after: "\u00FF")];

    protected override void Read(string input)
    {
        using var reader = new StrictUtf8Reader(new MemoryStream(Encoding.Latin1.GetBytes(input)), "f");
        reader.ReadToEnd();
    }

    protected override void Check(string input)
    {
        var bytes = Encoding.Latin1.GetBytes(input);
        var (text, problem) = Decode(new MemoryStream(bytes));
        Assert.AreEqual((text, problem), Decode(new DrippingStream(bytes)), "a few bytes at a time");
        try
        {
            var start = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            Assert.AreEqual(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, bytes.Length - start), text);
        }
        catch (DecoderFallbackException)
        {
            Assert.StartsWith("MIG2003", problem);
        }
    }

    private static (string Text, string Problem) Decode(Stream stream)
    {
        var text = new StringBuilder();
        try
        {
            using var reader = new StrictUtf8Reader(stream, "f");
            for (var next = reader.Read(); next >= 0; next = reader.Read())
            {
                text.Append((char)next);
            }

            return (text.ToString(), "");
        }
        catch (MigrationException refusal)
        {
            return (text.ToString(), $"{refusal.Code} {refusal.Diagnostics[0].Location}");
        }
    }

    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 3));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 3)]);
    }
}
