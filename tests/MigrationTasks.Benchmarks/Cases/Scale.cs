namespace MigrationTasks.Benchmarks.Cases;

/// <summary>How much is measured.</summary>
internal sealed record Scale
{
    public required int Few { get; init; }

    public required int Many { get; init; }

    public required int VeryMany { get; init; }

    /// <summary>The script that is split for speed, in bytes.</summary>
    public required long LongScript { get; init; }

    /// <summary>The script that is split for memory, in bytes.</summary>
    public required long HugeScript { get; init; }

    public required int Rounds { get; init; }

    /// <summary>How long one tool may take in one case: a slow one has fewer rounds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the README shows.</summary>
    public static Scale Full { get; } = new()
    {
        Few = 100,
        Many = 1_000,
        VeryMany = 10_000,
        LongScript = 100_000_000,
        HugeScript = 500_000_000,
        Rounds = 7,
    };

    /// <summary>Whether everything works, and a first impression.</summary>
    public static Scale Quick { get; } = new()
    {
        Few = 20,
        Many = 100,
        VeryMany = 500,
        LongScript = 20_000_000,
        HugeScript = 50_000_000,
        Rounds = 1,
    };
}
