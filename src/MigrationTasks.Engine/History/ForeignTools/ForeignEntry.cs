namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>What an entry of another tool's history means.</summary>
public enum ForeignEntryKind
{
    /// <summary>A migration that is applied.</summary>
    Applied,

    /// <summary>A migration that runs again when it changes, and was applied.</summary>
    Repeatable,

    /// <summary>Every migration up to this version is applied: the tool keeps no more than the newest.</summary>
    AppliedUpTo,

    /// <summary>Every migration up to this version was taken as applied, without being run.</summary>
    BaselineUpTo,

    /// <summary>Every migration before this version was taken as applied, without being run.</summary>
    BaselineBefore,

    /// <summary>Something that the tool notes for itself, and that no file stands for.</summary>
    WithoutFile,

    /// <summary>A migration that failed, or was not completed.</summary>
    Failed,
}

/// <summary>One entry of another tool's history.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Text">The entry as a person would name it: <c>V1.2 create users</c>.</param>
public sealed record ForeignEntry(ForeignEntryKind Kind, string Text)
{
    /// <summary>The version, where the entry has one: digits, or digits and dots.</summary>
    public string? Version { get; init; }

    /// <summary>The name without the version, where a file's name says the same; <see langword="null"/> where the version alone tells.</summary>
    public string? Title { get; init; }

    /// <summary>The name of the script without its folder, where the tool records it.</summary>
    public string? FileName { get; init; }

    /// <summary>When it was applied, if the tool records it.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>An applied migration of which the tool records the script: that one's name tells the version and the title.</summary>
    /// <param name="text">The entry as a person would name it.</param>
    /// <param name="file">The script, without its folder.</param>
    /// <param name="appliedAt">When it was applied.</param>
    internal static ForeignEntry OfScript(string text, string file, DateTimeOffset? appliedAt)
    {
        var name = ScriptName.Parse(file);
        return new ForeignEntry(ForeignEntryKind.Applied, text)
        {
            Version = name.Version,
            Title = name.Title,
            FileName = file,
            AppliedAt = appliedAt,
        };
    }
}
