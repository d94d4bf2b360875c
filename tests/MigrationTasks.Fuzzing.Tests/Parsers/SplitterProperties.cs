using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>What holds for any text that is split into statements.</summary>
internal static class SplitterProperties
{
    private const int LongestCutAnywhere = 300;

    /// <summary>The pieces together are the text, and places lead back to the code.</summary>
    public static void NothingIsLost(SqlDialect dialect, string text)
    {
        var splitter = new SqlSplitter(text, isFinalBlock: true, dialect, TextPosition.Start, null);
        var pieces = new StringBuilder();
        try
        {
            while (splitter.Read())
            {
                pieces.Append(splitter.Piece);
                var place = splitter.CodePosition;
                Assert.AreEqual(IndexOf(text, place.Line, place.Column), place.Offset);
                Assert.StartsWith(splitter.Code.ToString(), text[(int)place.Offset..]);
                Assert.AreEqual(splitter.Code.IsEmpty, splitter.Kind == StatementKind.Empty);
            }

            Assert.AreEqual(text, pieces.ToString());
        }
        catch (MigrationException)
        {
            Assert.StartsWith(pieces.ToString(), text);
        }
    }

    /// <summary>More text never changes a piece that is out.</summary>
    public static void PiecesAreFinal(SqlDialect dialect, string text)
    {
        if (FirstPiece(text, isFinalBlock: true, dialect) is not { } first)
        {
            return;
        }

        var step = 1 + (text.Length / LongestCutAnywhere);
        for (var length = 0; length < text.Length; length += step)
        {
            Assert.AreEqual(length < first.Length ? null : first, FirstPiece(text[..length], isFinalBlock: false, dialect), $"the first {length}");
        }
    }

    /// <summary>A window of any size gives the same statements and problems.</summary>
    public static void WindowsDoNotMatter(SqlDialect dialect, string text)
    {
        var expected = Describe(new SqlStatementReader(dialect, new StringReader(text), "f", [], text.Length + 1));
        foreach (var size in (int[])[1, 2, 3, 7, 16, 61])
        {
            Assert.AreEqual(expected, Describe(new SqlStatementReader(dialect, new StringReader(text), "f", [], size)), $"window of {size}");
        }

        Assert.AreEqual(expected, Describe(new SqlStatementReader(dialect, new DrippingReader(text), "f", [], 8)), "one character at a time");
    }

    /// <summary>What is passed over without being read would have changed nothing.</summary>
    public static void WhatIsPassedOverDoesNotMatter(SqlDialect dialect, string text) => Assert.AreEqual(
        Describe(new SqlStatementReader(new WatchfulDialect(dialect), new StringReader(text), "f", [])),
        Describe(new SqlStatementReader(dialect, new StringReader(text), "f", [])));

    /// <summary>Every character and line of a statement can be located.</summary>
    public static void PlacesAreFound(SqlDialect dialect, string text)
    {
        foreach (var statement in ReadUntilProblem(dialect, text))
        {
            // Each place is looked up from the start of the text.
            var step = 1 + (statement.Text.Length / LongestCutAnywhere);
            var (index, character, bytes) = ((int)statement.Offset, 1, 0);
            foreach (var rune in statement.Text.EnumerateRunes())
            {
                if (character % step == 0)
                {
                    var place = statement.LocationOf("f", character);
                    var isInsideLineBreak = index > 0 && text[index - 1] == '\r' && text[index] == '\n';
                    Assert.AreEqual(isInsideLineBreak ? index + 1 : index, IndexOf(text, place.Line, place.Column));
                    Assert.AreEqual(place, statement.LocationOfByte("f", bytes));
                }

                character++;
                index += rune.Utf16SequenceLength;
                bytes += rune.Utf8SequenceLength;
            }

            Assert.AreNotEqual(0, statement.LocationOfLine("f", 2).Column);
            Assert.AreNotEqual(0, (statement.LocationOfBodyLine("f", 1) ?? new SourceLocation("f", 1, 1)).Column);
            Assert.IsNotNull(statement.Summary);
        }
    }

    /// <summary>Whatever stands between two tokens, the checksum of the tokens is the same; without the last of them, it is not.</summary>
    public static void GapsDoNotCount(SqlDialect dialect, string text)
    {
        foreach (var statement in ReadUntilProblem(dialect, text).Where(statement => statement.Kind != StatementKind.Empty && !statement.Text.Contains("/*+", StringComparison.Ordinal)))
        {
            var widened = new StringBuilder();
            var (start, end) = (0, 0);
            for (var tokens = new SqlScanner(statement.Text, dialect.Lexicon); tokens.Read();)
            {
                // Two dashes with a blank behind them may be a comment.
                widened.Append(end == tokens.Start ? "" : end > 0 && statement.Text[end - 1] == '-' ? "/* ; ' */\t" : " /* ; ' */\t").Append(statement.Text[tokens.Start..tokens.End]);
                (start, end) = (tokens.Start, tokens.End);
            }

            var checksum = ChecksumOf(statement.Text);
            Assert.AreEqual(checksum, ChecksumOf(widened.ToString()), widened.ToString());
            Assert.AreNotEqual(checksum, ChecksumOf(statement.Text[..start]), statement.Text);
        }

        string ChecksumOf(string code)
        {
            using var checksum = new TokenChecksum();
            SqlTokenChecksum.Append(code, dialect.Lexicon, checksum);
            return checksum.Complete();
        }
    }

    private static string? FirstPiece(string text, bool isFinalBlock, SqlDialect dialect)
    {
        try
        {
            var splitter = new SqlSplitter(text, isFinalBlock, dialect, TextPosition.Start, null);
            return splitter.Read() ? splitter.Piece.ToString() : null;
        }
        catch (MigrationException) when (isFinalBlock)
        {
            return null;
        }
    }

    private static string Describe(SqlStatementReader reader)
    {
        var description = new StringBuilder();
        try
        {
            foreach (var statement in reader.ReadAll())
            {
                description.AppendLine($"{statement.Kind} {statement.Line},{statement.Column} @{statement.Offset}: {statement.Text}");
            }
        }
        catch (MigrationException problem)
        {
            description.Append(problem.Diagnostics[0]);
        }

        return description.ToString();
    }

    private static IEnumerable<ScriptStatement> ReadUntilProblem(SqlDialect dialect, string text)
    {
        using var statements = dialect.ReadStatements(new StringReader(text), null).GetEnumerator();
        while (TryMoveNext(statements))
        {
            yield return statements.Current;
        }
    }

    private static bool TryMoveNext(IEnumerator<ScriptStatement> statements)
    {
        try
        {
            return statements.MoveNext();
        }
        catch (MigrationException)
        {
            return false;
        }
    }

    /// <summary>Finds a place by walking over the text, as a reader with an editor would.</summary>
    private static long IndexOf(string text, int line, int column)
    {
        var index = 0;
        for (; line > 1; line--)
        {
            index = text.IndexOfAny(['\r', '\n'], index);
            index += text.AsSpan(index).StartsWith("\r\n") ? 2 : 1;
        }

        for (; column > 1; column--)
        {
            index += index + 1 < text.Length && char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }

    private sealed class DrippingReader(string text) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, 1));

        public override int ReadBlock(char[] buffer, int index, int count)
        {
            var total = 0;
            while (total < count && Read(buffer, index + total, count - total) is var read and > 0)
            {
                total += read;
            }

            return total;
        }
    }
}
