using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.MySql;

namespace MigrationTasks.TestServers;

/// <summary>Starts MySQL or MariaDB in a container, reachable on 127.0.0.1 only, where a variable names an image.</summary>
internal static class ContainerMySql
{
    public const string ImageVariable = "MIGRATIONTASKS_TEST_MYSQL_IMAGE";

    public static bool IsConfigured => Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 };

    /// <exception cref="ServerUnavailableException">No Docker engine answers, or the image can neither be found nor pulled.</exception>
    public static Task<MySqlContainer> StartAsync(string password)
    {
        var image = Environment.GetEnvironmentVariable(ImageVariable)!;
        return LoopbackContainer.StartAsync(
            image,
            () => new MySqlBuilder(image)
                .WithUsername(MySqlServer.SuperUser)
                .WithPassword(password)
                .WithLabel(LoopbackContainer.Labels)
                .WithLogger(NullLogger.Instance)
                .WithCreateParameterModifier(LoopbackContainer.Bind)
                .Build());
    }
}
