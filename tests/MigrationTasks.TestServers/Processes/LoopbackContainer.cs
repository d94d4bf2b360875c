using System.Globalization;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace MigrationTasks.TestServers;

/// <summary>Starts containers that are reachable on 127.0.0.1 only, and that a later run removes when this one is killed.</summary>
internal static class LoopbackContainer
{
    // Process ids mean nothing to other machines, nor to other containers, that use the same engine.
    private static readonly string OwnerLabel = $"migrationtasks.owner-on-{Environment.MachineName}";

    // Long enough to pull the image over a slow line.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    /// <param name="image">The image, for messages.</param>
    /// <param name="build">Builds the container, with <see cref="Labels"/> and <see cref="Bind"/>.</param>
    /// <exception cref="ServerUnavailableException">No Docker engine answers, or the image can neither be found nor pulled.</exception>
    public static async Task<T> StartAsync<T>(string image, Func<T> build)
        where T : IContainer
    {
        T container;
        try
        {
            container = build();
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

    /// <summary>What tells whose a container is.</summary>
    public static Dictionary<string, string> Labels => new() { [OwnerLabel] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Binds to loopback; Docker's default is every network that the machine is on.</summary>
    public static void Bind(CreateContainerParameters parameters)
    {
        foreach (var binding in parameters.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings))
        {
            binding.HostIP = "127.0.0.1";
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
}
