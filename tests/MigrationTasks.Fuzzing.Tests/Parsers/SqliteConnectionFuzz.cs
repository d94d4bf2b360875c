using MigrationTasks.Engine.Databases;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Connections of SQLite: URLs and the keywords of its driver.</summary>
[TestClass]
public sealed class SqliteConnectionFuzz : ConnectionFuzz
{
    protected override IEnumerable<string> Fragments =>
    [
        "sqlite:", "sqlite://", "sqlite:///", "file:", "Data Source=", "Filename=", "app.db", ":memory:", "/", "//", "..", "C:/", "C:\\", "?", "&", "mode=", "ro", "rwc", "memory", "cache=", "shared", ";", "=", "Mode=ReadOnly", "Cache=Shared",
        "Password=" + Secret, "Passwort=" + Secret, "Foreign Keys=True", "Recursive Triggers=maybe", "Default Timeout=", "Pooling=", "Vfs=", "-1", "1", "%20", "%00", "%", "\"", "'", " ", "|DataDirectory|",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("a", "sqlite:"), Growth.Of("/", "sqlite:"), Growth.Of("../", "sqlite:"), Growth.Of("a/../", "sqlite:"), Growth.Of("%41", "sqlite:"), Growth.Of("%", "sqlite:"), Growth.Of("&", "sqlite:a?"), Growth.Of("mode=ro&", "sqlite:a?"),
        Growth.Of("?", "sqlite:a"), Growth.Of(";"), Growth.Of("Mode=ReadOnly;", "Data Source=a;"), Growth.Numbered("a#=1;"), Growth.Of("\"", "Data Source="), Growth.Of("sqlite:", "Data Source="), Growth.Of("a/", "Data Source="),
    ];

    private protected override AdapterDefinition Adapter => new SqliteDefinition();
}
