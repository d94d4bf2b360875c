namespace MigrationTasks.Adapters.MongoDb;

/// <summary>A commit that was sent, and to which the server did not answer: what was in the transaction stands, or it does not.</summary>
/// <param name="problem">Why there is no answer: a sentence.</param>
/// <param name="cause">What the driver threw.</param>
internal sealed class UncertainCommit(string problem, Exception cause) : Exception(problem, cause);
