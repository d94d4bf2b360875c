using System.Globalization;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.PostgreSql;

namespace MigrationTasks.TestServers;

/// <summary>Starts PostgreSQL in a container, reachable on 127.0.0.1 only.</summary>
internal static class ContainerPostgreSql
{
    public const string ImageVariable = "MIGRATIONTASKS_TEST_POSTGRES_IMAGE";

    private const string DefaultImage = "postgres:17-alpine";

    // Process ids mean nothing to other machines, nor to other containers, that use the same engine.
    private static readonly string OwnerLabel = $"migrationtasks.owner-on-{Environment.MachineName}";

    // Long enough to pull the image over a slow line.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    /// <exception cref="ServerUnavailableException">No Docker engine answers, or the image can neither be found nor pulled.</exception>
    public static async Task<PostgreSqlContainer> StartAsync(string password)
    {
        var image = Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } named ? named : DefaultImage;
        PostgreSqlContainer container;
        try
        {
            container = new PostgreSqlBuilder(image)
                .WithUsername(PostgreSqlServer.SuperUser)
                .WithPassword(password)
                .WithLabel(OwnerLabel, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                .WithLogger(NullLogger.Instance)
                .WithCreateParameterModifier(BindToLoopback)
                .Build();
        }
        catch (Exception e) when (e is DockerUnavailableException or ArgumentException)
        {
            throw new ServerUnavailableException("No Docker engine answers.", e);
        }

        try
        {
            using var patience = new CancellationTokenSource(StartPatience);
            await RemoveLeftoversAsync(patience.Token);
            await container.StartAsync(patience.Token);
            return container;
        }
        catch (Exception e)
        {
            await container.DisposeAsync();
            throw new ServerUnavailableException($"No container of {image} could be started: {e.Message}", e);
        }
    }

    // Testcontainers' own reaper removes what killed test runs left, but needs an image that may not be there.
    private static async Task RemoveLeftoversAsync(CancellationToken cancellation)
    {
        using var docker = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.NewGuid()).Build();
        var ours = await docker.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>>
                {
                    ["label"] = new Dictionary<string, bool> { [OwnerLabel] = true },
                },
            },
            cancellation);
        foreach (var left in ours.Where(container => Leftovers.IsGone(container.Labels[OwnerLabel])))
        {
            await docker.Containers.RemoveContainerAsync(
                left.ID, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellation);
        }
    }

    // Docker's default is every network that the machine is on.
    private static void BindToLoopback(CreateContainerParameters parameters)
    {
        foreach (var binding in parameters.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings))
        {
            binding.HostIP = "127.0.0.1";
        }
    }
}
