using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

/// <summary>What holds for any text at all, tried on random ones; a failure prints the text that shows it.</summary>
[TestClass]
public sealed class SplitterPropertyTests
{
    private const int Texts = 2_000;

    private static readonly string[] Fragments =
    [
        "'", "''", "\"", "`", "[", "]", "$$", "$a$", "$", "$b", "E'", "e'\\''", "e'a'\n-- b\n'\\'' -- c\r '\\''", "\\", "\\i", "--", "-", "/*", "*/", "*", "/", "(", ")", ";", ";", ";",
        "\n", "\r\n", "\r", "\t", " ", " ", " ", ".", ".read", "é", "😀", "\uD83D", "\0", "1", "a", "=", ",", "create", " function ", " trigger ", "or replace",
        " begin ", "begin atomic ", " end ", " case ", " as ", "commit", "vacuum", "index concurrently", "reindex (", "copy t from stdin", "alter table ",
        " detach partition ", "create subscription ", "with (", "pragma journal_mode", "start transaction", "rollback", " to ",
    ];

    private static readonly string[] Scripts =
    [
        "-- Migration: orders\nCREATE TABLE orders (\n\tid bigint PRIMARY KEY, -- the key;\n\tnote text DEFAULT 'it''s; 😀'\n);\r\n/* a /* b */ c */ CREATE INDEX i ON orders (id);\n",
        "CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $fn$\nBEGIN\n  NEW.a := $$x;$$; RETURN NEW;\nEND;\n$fn$ LANGUAGE plpgsql;\nSELECT E'a\\'b'\n  'c\\'';\n",
        "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;\nBEGIN; COMMIT;\nCOPY (SELECT 1) TO '/x';",
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN\n  UPDATE b SET [c;d] = 1;\n  SELECT CASE 1 WHEN 1 THEN 2 END;\nEND;\nPRAGMA foreign_keys = on;\n",
    ];

    public static IEnumerable<SqlDialect> Dialects => [SqlDialect.PostgreSql, SqlDialect.Sqlite];

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void The_pieces_together_are_the_text_and_places_lead_back_to_the_code(SqlDialect dialect) => ForAnyText(text =>
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
                Assert.IsTrue(text.AsSpan((int)place.Offset).StartsWith(splitter.Code));
                Assert.AreEqual(splitter.Code.IsEmpty, splitter.Kind == StatementKind.Empty);
            }

            Assert.AreEqual(text, pieces.ToString());
        }
        catch (MigrationException)
        {
            Assert.IsTrue(text.StartsWith(pieces.ToString(), StringComparison.Ordinal));
        }
    });

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void More_text_never_changes_a_piece_that_is_out(SqlDialect dialect) => ForAnyText(text =>
    {
        if (FirstPiece(text, isFinalBlock: true, dialect) is not { } first)
        {
            return;
        }

        for (var length = 0; length < text.Length; length++)
        {
            Assert.AreEqual(length < first.Length ? null : first, FirstPiece(text[..length], isFinalBlock: false, dialect), $"the first {length}");
        }
    });

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_window_of_any_size_gives_the_same_statements_and_problems(SqlDialect dialect) => ForAnyText(text =>
    {
        var expected = Describe(new SqlStatementReader(dialect, new StringReader(text), "f", [], text.Length + 1));
        foreach (var size in (int[])[1, 2, 3, 7, 16, 61])
        {
            Assert.AreEqual(expected, Describe(new SqlStatementReader(dialect, new StringReader(text), "f", [], size)), $"window of {size}");
        }

        Assert.AreEqual(expected, Describe(new SqlStatementReader(dialect, new DrippingReader(text), "f", [], 8)), "one character at a time");
    });

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void Every_character_and_line_of_a_statement_can_be_located(SqlDialect dialect) => ForAnyText(text =>
    {
        foreach (var statement in ReadUntilProblem(dialect, text))
        {
            var (index, character, bytes) = ((int)statement.Offset, 1, 0);
            foreach (var rune in statement.Text.EnumerateRunes())
            {
                var place = statement.LocationOf("f", character++);
                var isInsideLineBreak = index > 0 && text[index - 1] == '\r' && text[index] == '\n';
                Assert.AreEqual(isInsideLineBreak ? index + 1 : index, IndexOf(text, place.Line, place.Column));
                Assert.AreEqual(place, statement.LocationOfByte("f", bytes));
                index += rune.Utf16SequenceLength;
                bytes += rune.Utf8SequenceLength;
            }

            Assert.AreNotEqual(0, statement.LocationOfLine("f", 2).Column);
            Assert.AreNotEqual(0, (statement.LocationOfBodyLine("f", 1) ?? new SourceLocation("f", 1, 1)).Column);
            Assert.IsNotNull(statement.Summary);
        }
    });

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

    private static void ForAnyText(Action<string> check)
    {
        for (var seed = 0; seed < Texts; seed++)
        {
            var random = new Random(seed);
            var text = seed % 2 == 0 ? Soup(random) : Mutation(random);
            try
            {
                check(text);
            }
            catch (Exception problem)
            {
                throw new AssertFailedException($"Seed {seed}: {System.Text.Json.JsonSerializer.Serialize(text)}", problem);
            }
        }
    }

    private static string Soup(Random random) =>
        string.Concat(random.GetItems(Fragments, random.Next(1, 40)));

    private static string Mutation(Random random)
    {
        var text = new StringBuilder(string.Concat(random.GetItems(Scripts, random.Next(1, 3))));
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var index = random.Next(text.Length);
            text.Remove(index, Math.Min(random.Next(4), text.Length - index)).Insert(index, random.GetItems(Fragments, 1)[0]);
        }

        return text.ToString();
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
