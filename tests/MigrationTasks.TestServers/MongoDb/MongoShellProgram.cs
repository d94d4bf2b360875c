namespace MigrationTasks.TestServers;

/// <summary>MongoDB's own shell, where it is installed.</summary>
public static class MongoShellProgram
{
    /// <summary>Runs a script with <c>mongosh URL --file script</c>.</summary>
    /// <param name="url">The database.</param>
    /// <param name="script">The script.</param>
    /// <exception cref="ServerUnavailableException">There is no <c>mongosh</c>.</exception>
    public static (int ExitCode, string Output) Run(string url, string script) => Command.Run(
        Command.Find("mongosh") ?? throw new ServerUnavailableException($"{Require.NoMongoDb}: mongosh, its shell, is not installed.") { IsToBeHad = false },
        url,
        "--quiet",
        "--file",
        script);
}
