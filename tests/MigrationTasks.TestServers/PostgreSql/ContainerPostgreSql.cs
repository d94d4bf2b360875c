using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.PostgreSql;

namespace MigrationTasks.TestServers;

/// <summary>Starts PostgreSQL in a container, reachable on 127.0.0.1 only.</summary>
internal static class ContainerPostgreSql
{
    public const string ImageVariable = "MIGRATIONTASKS_TEST_POSTGRES_IMAGE";

    private const string DefaultImage = "postgres:17-alpine";

    /// <exception cref="ServerUnavailableException">No Docker engine answers, or the image can neither be found nor pulled.</exception>
    public static Task<PostgreSqlContainer> StartAsync(string password)
    {
        var image = Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } named ? named : DefaultImage;
        return LoopbackContainer.StartAsync(
            image,
            () => new PostgreSqlBuilder(image)
                .WithUsername(PostgreSqlServer.SuperUser)
                .WithPassword(password)
                .WithLabel(LoopbackContainer.Labels)
                .WithLogger(NullLogger.Instance)
                .WithCreateParameterModifier(LoopbackContainer.Bind)
                .Build());
    }
}
