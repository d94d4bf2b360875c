using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Databases;

/// <summary>Finds the adapter for a name or for a connection URL, among those that were registered.</summary>
public sealed class AdapterFactory
{
    private readonly Dictionary<string, AdapterDefinition> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AdapterDefinition> _byScheme = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Registers the adapters.</summary>
    /// <param name="definitions">The adapters; where two share a URL scheme, the first has it.</param>
    /// <exception cref="MigrationException">MIG1032 when two of them share a name.</exception>
    public AdapterFactory(IEnumerable<AdapterDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        Definitions = [.. definitions];
        foreach (var definition in Definitions)
        {
            foreach (var name in definition.Aliases.Prepend(definition.Name).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!_byName.TryAdd(name, definition))
                {
                    throw Errors.AdapterNameTaken(name, OriginOf(_byName[name]), OriginOf(definition));
                }
            }

            foreach (var scheme in definition.UrlSchemes)
            {
                _byScheme.TryAdd(scheme, definition);
            }
        }
    }

    /// <summary>The registered adapters.</summary>
    public IReadOnlyList<AdapterDefinition> Definitions { get; }

    /// <summary>Every name that is known, aliases included, in alphabetical order.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The adapter of a name.</summary>
    /// <param name="name">A name or an alias, in any case.</param>
    /// <exception cref="MigrationException">MIG1003 when none has it.</exception>
    public AdapterDefinition ForName(string name) => FindByName(name) ?? throw Errors.UnknownDatabase(name, Names);

    /// <summary>The adapter of a name, or <see langword="null"/>.</summary>
    /// <param name="name">A name or an alias, in any case.</param>
    public AdapterDefinition? FindByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The adapter of a connection URL, or <see langword="null"/> when it has no scheme that is known.</summary>
    /// <param name="connection">The connection.</param>
    public AdapterDefinition? FindByUrl(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var colon = connection.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : _byScheme.GetValueOrDefault(connection[..colon]);
    }

    private static string OriginOf(AdapterDefinition definition) =>
        $"{definition.GetType().FullName} in {AdapterLoadContext.Of(definition)?.AdapterPath ?? definition.GetType().Assembly.GetName().Name}";
}
