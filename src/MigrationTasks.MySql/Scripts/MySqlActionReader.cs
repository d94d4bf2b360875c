using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Scripts;

/// <summary>Reads what statements of MySQL and MariaDB do: those of the standard, and those with a grammar of their own.</summary>
/// <param name="naming">How names are compared.</param>
internal sealed class MySqlActionReader(SqlNaming naming) : ActionReader(naming)
{
    /// <summary>What <c>USE</c> sets.</summary>
    public const string UsualDatabase = "database";

    private const int LongestKeyword = 16;

    /// <summary>Names as they are compared without asking the server, whose file system says whether the case of a table's name counts.</summary>
    // Where a script has ANSI_QUOTES, what a string is quoted with otherwise quotes a name; the name of an account may be a string.
    public static SqlNaming Naming { get; } = new(NameCase.Ignored, StringQuotes: "\"'");

    // Behind a DELIMITER, one piece may hold several statements, and the server runs them all.
    protected override void Read(ReadOnlySpan<char> keyword, SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (!rest.Mentions(';'))
        {
            ReadOne(keyword, rest, location, actions);
            return;
        }

        Span<char> buffer = stackalloc char[LongestKeyword];
        scoped var word = keyword;
        while (true)
        {
            var next = rest;
            while (!next.AtEnd && next.Kind != SqlTokenKind.Semicolon)
            {
                next.Skip();
            }

            var first = actions.Found.Count;
            ReadOne(word, next.AtEnd ? rest : rest.Until(next), location, actions);
            while (!next.AtEnd && next.Kind == SqlTokenKind.Semicolon)
            {
                next.Skip();
            }

            if (next.AtEnd || HasBody(word, actions.Found.ElementAtOrDefault(first)))
            {
                return;
            }

            rest = next;
            location = actions.At(rest);
            actions.Add(new NextStatement(location));
            word = buffer[..rest.TakeKeyword(buffer)];
        }
    }

    protected internal override void ReadPart(ref SqlTokens rest, SqlName table, ActionList actions) => MySqlAlterReader.ReadPart(ref rest, table, actions);

    private void ReadOne(ReadOnlySpan<char> keyword, SqlTokens rest, SourceLocation location, ActionList actions)
    {
        switch (keyword)
        {
            case "RENAME":
                MySqlAlterReader.ReadRename(rest, actions);
                break;
            case "LOAD" when rest.SkipPast("INTO") && rest.Take("TABLE") && rest.TakeName(actions, out var table):
                actions.Add(new InsertRows(location, table, null));
                break;
            case "USE":
                if (rest.TakePart(actions, out var database))
                {
                    actions.Add(new ChangeSetting(location, UsualDatabase, [database.Value]));
                }

                break;
            case "SET":
                // MariaDB's settings for one statement.
                if (rest.Take("STATEMENT") && rest.SkipPast("FOR"))
                {
                    Span<char> buffer = stackalloc char[LongestKeyword];
                    ReadOne(buffer[..rest.TakeKeyword(buffer)], rest, location, actions);
                }

                break;
            default:
                base.Read(keyword, rest, location, actions);
                break;
        }
    }

    // What is in one is not read, and neither is what comes behind it.
    private static bool HasBody(ReadOnlySpan<char> keyword, SqlAction? first) => keyword switch
    {
        "CREATE" or "ALTER" => first is null or CreateFunction or RenameObject
            or CreateObject { Kind: SqlObjectKind.Procedure or SqlObjectKind.Trigger or SqlObjectKind.Event or SqlObjectKind.Package or SqlObjectKind.PackageBody },
        _ => keyword is "BEGIN" or "IF" or "CASE" or "LOOP" or "WHILE" or "REPEAT" or "FOR" or "DECLARE",
    };
}
