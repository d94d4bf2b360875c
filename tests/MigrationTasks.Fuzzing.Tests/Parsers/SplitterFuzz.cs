using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Splits scripts of one dialect of SQL into statements.</summary>
public abstract class SplitterFuzz : FuzzContract
{
    private protected abstract SqlDialect Dialect { get; }

    /// <summary>What opens the bodies in which a semicolon does not end a statement.</summary>
    protected abstract string Body { get; }

    protected override IEnumerable<string> Fragments =>
    [
        "'", "''", "\"", "`", "[", "]", "$$", "$a$", "$", "$b", "E'", "e'\\''", "e'a'\n-- b\n'\\'' -- c\r '\\''", "\\", "\\i", "--", "-", "/*", "*/", "*", "/", "(", ")", ";", ";", ";",
        "\n", "\r\n", "\r", "\t", " ", " ", " ", ".", ".read", "é", "😀", "\uD83D", "\0", "1", "a", "=", ",", "create", " function ", " trigger ", "or replace",
        " begin ", "begin atomic ", " end ", " case ", " as ", "commit", "vacuum", "index concurrently", "reindex (", "copy t from stdin", "alter table ",
        " detach partition ", "create subscription ", "with (", "pragma journal_mode", "start transaction", "rollback", " to ", "and chain", "do ", "language plpgsql ",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("("), Growth.Nested("(", ")"), Growth.Of(")"), Growth.Of("$a$ "), Growth.Of("$a"), Growth.Of("$aaaa$aaaa"), Growth.Numbered("$a#$"), Growth.Of("$$"),
        Growth.Of("/*"), Growth.Nested("/*", "*/"), Growth.Of("*/"), Growth.Of("/*/"), Growth.Of("'"), Growth.Of("'a"), Growth.Of("E'a'\n"), Growth.Of("E'\\"), Growth.Of("\\"),
        Growth.Of("\""), Growth.Of("["), Growth.Of("--\n"), Growth.Of("-"), Growth.Of("a."), Growth.Of("1"), Growth.Of("a"), Growth.Of("😀"), Growth.Of(";"), Growth.Of("\r\n"), Growth.Of(" ", after: "x"),
        Growth.Of("SELECT 1;\n"), Growth.Of("vacuum\0"),
        Growth.Of("case ", Body), Growth.Of("end\n ", Body), Growth.Nested("case ", "end ", Body, "end;"), Growth.Of("begin ", Body), Growth.Of("select 1; ", Body),
        Growth.Of("a, ", "reindex ("), Growth.Of("a ", "alter table x detach partition "), Growth.Of(".a", "copy a"), Growth.Of("(", "copy t"),
    ];

    protected override void Read(string input)
    {
        using var checksum = new TokenChecksum();
        foreach (var statement in TransactionRules.Apply(checksum.Watch(Dialect.ReadStatements(new StringReader(input), "f")), transactional: false, "f"))
        {
            _ = statement.Summary;
            statement.LocationOfBodyLine("f", 1);
        }
    }

    protected override void Check(string input)
    {
        base.Check(input);
        SplitterProperties.NothingIsLost(Dialect, input);
        SplitterProperties.PiecesAreFinal(Dialect, input);
        SplitterProperties.WindowsDoNotMatter(Dialect, input);
        SplitterProperties.WhatIsPassedOverDoesNotMatter(Dialect, input);
        SplitterProperties.PlacesAreFound(Dialect, input);
        SplitterProperties.GapsDoNotCount(Dialect, input);
    }
}
