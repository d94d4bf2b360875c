namespace MigrationTasks.TestServers;

/// <summary>A server cannot be had on this machine. The message is the plain reason, fit for a test report.</summary>
public sealed class ServerUnavailableException : Exception
{
    /// <summary>Whether a pipeline could have it, and so must.</summary>
    public bool IsToBeHad { get; init; } = true;

    public ServerUnavailableException(string message)
        : base(message)
    {
    }

    public ServerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
