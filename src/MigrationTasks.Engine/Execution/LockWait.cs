namespace MigrationTasks.Engine.Execution;

/// <summary>Somebody whom a session waits for.</summary>
/// <param name="Session">What the server calls its session, a number; 0 for a prepared transaction, which has none.</param>
/// <param name="Description">What is known of it, but not what it runs: that may hold data.</param>
internal sealed record LockHolder(long Session, string Description);

/// <summary>What a session waits for, and who stands in its way.</summary>
/// <param name="What">What it waits for, such as <c>a lock on orders</c>.</param>
/// <param name="Holders">Whoever holds it, or is before the session in the queue for it.</param>
/// <param name="IsCertain">Whether the server says so; else they are those who may be.</param>
internal sealed record LockWait(string What, IReadOnlyList<LockHolder> Holders, bool IsCertain = true)
{
    private const int MostHolders = 5;

    /// <summary>Whoever stands in the way, as a sentence.</summary>
    public string InItsWay =>
        $"{(IsCertain ? "In" : "Perhaps in")} its way: {string.Join("; ", Holders.Take(MostHolders).Select(holder => holder.Description))}{(Holders.Count > MostHolders ? $"; and {Holders.Count - MostHolders} more" : "")}.";

    /// <summary>What the server said of a statement that did not get the lock, with what it is on.</summary>
    /// <param name="said">What it said.</param>
    /// <param name="seen">What was seen; <see langword="null"/> when nothing was.</param>
    public static string Problem(string said, LockWait? seen) => seen is null ? said : $"The statement did not get {seen.What}: {said}";

    /// <summary>Whoever stood in the way, as a sentence of an error.</summary>
    /// <param name="seen">What was seen; <see langword="null"/> when nothing was.</param>
    public static string Holder(LockWait? seen) => seen?.InItsWay ?? "Who stood in its way could not be seen.";
}
