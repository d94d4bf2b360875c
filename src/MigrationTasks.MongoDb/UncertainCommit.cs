using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>
/// A commit that was sent, and to which the server did not answer: what was in the transaction stands, or it does not. Or it stands on the
/// primary, and too few members confirmed it in time.
/// </summary>
/// <param name="problem">Why there is no answer: a sentence.</param>
/// <param name="cause">What the driver threw.</param>
internal sealed class UncertainCommit(string problem, Exception cause) : Exception(problem, cause)
{
    /// <summary>Whether the server has committed, and only the members of the set did not confirm it in time.</summary>
    public bool IsCommitted { get; } = cause is MongoWriteConcernException && !MongoDbErrors.HasStopped(cause);
}
