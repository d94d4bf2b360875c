using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Scripts of MySQL and MariaDB.</summary>
[TestClass]
public sealed class MySqlSplitterFuzz : SplitterFuzz
{
    protected override string Body => "create procedure p() begin ";

    protected override IEnumerable<string> Fragments =>
    [
        .. base.Fragments,
        "#", "-- ", "\\'", "\\\"", "\\\\", "\\N", "\\G", "@", "@@", ":", ":=", "/*!", "/*!50003", "/*!50003 ", "/*M!", "/*M!100100 ", "/*M!999999\\- ", "/*+ ", "*/",
        "delimiter $$\n", "\nDELIMITER //\n", "DELIMITER ;\n", "delimiter ;;\n", "delimiter --\n", "delimiter é\n", "delimiter e\n", "delimiter", "$$", "//", ";;",
        " procedure ", " package ", " body ", " event ", " definer = a@b ", "or replace ", " returns int ", " is ", " if ", " not ", " exists ", " then ", " else ", " elseif ",
        " end if", " end case", " loop ", " end loop", " while ", " do ", " end while", " repeat ", " until ", " end repeat", " for ", " each row ", " declare ", " handler for ",
        "begin not atomic ", " l: ", "<<l>>", " exception when ", "set ", "autocommit = 0", "lock tables t write", "source x\n", "use a", "call p()", "xa start 'a'",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        // Of these, it depends on how many there are whether the last comment is closed.
        .. base.Growths.Where(growth => growth.Name != "*/…"), Growth.Of("*/ "),
        Growth.Of("/*!"), Growth.Of("/*!50003 */"), Growth.Nested("/*!50003 a ", " */ "), Growth.Of("*/", "/*!"), Growth.Of("*", "/*!"), Growth.Of("'\\"), Growth.Of("\\'", "'"),
        Growth.Of("#\n"), Growth.Of("-- \n"), Growth.Of("delimiter $$\n"), Growth.Of("$", "delimiter $$\n"), Growth.Of("$a$", "delimiter $$\n"), Growth.Of("select 1$$\n", "delimiter $$\n"),
        Growth.Of("é", "delimiter éa\n"), Growth.Of("begin ", "create procedure p() "), Growth.Nested("begin ", "end; ", Body, "end;"), Growth.Nested("if a then ", "end if; ", Body, "end;"),
        Growth.Nested("loop ", "end loop; ", Body, "end;"), Growth.Of("l: ", Body), Growth.Of("l ", Body, " :"), Growth.Of("else ", Body), Growth.Of("declare exit handler for not found ", Body),
        Growth.Of("definer ", "create definer = a "), Growth.Of("as ", "create procedure p "), Growth.Of("is ", "create function f return "), Growth.Of("repeat until ", Body), Growth.Of("a, ", "set "),
    ];

    private protected override SqlDialect Dialect => MySqlDialect.Instance;
}
