using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Planning;

/// <summary>
/// Stands guard before the rollbacks that only the history keeps. Whoever can write to the history can write such a rollback, with
/// every checksum that goes with it; so that somebody must have read it, and says so by its fingerprint: of this text, and no other.
/// </summary>
/// <param name="confirmed">The fingerprint that was confirmed, or <see langword="null"/>.</param>
/// <param name="placeholders">What must not be shown.</param>
internal sealed class StoredRollbacks(string? confirmed, Placeholders placeholders)
{
    private const int FingerprintLength = 16;

    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);

    /// <summary>Says which rollbacks of a plan nobody has confirmed. What is left of a plan that was confirmed is confirmed too.</summary>
    public IReadOnlyList<Diagnostic> Check(RollbackPlan plan)
    {
        var stored = plan.Steps.Where(step => step.Source == RollbackSource.History).ToList();
        if (stored.TrueForAll(step => _confirmed.Contains(TextOf(step))))
        {
            return [];
        }

        var fingerprint = FingerprintOf(stored);
        if (fingerprint.Equals(confirmed?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            _confirmed.UnionWith(stored.Select(TextOf));
            return [];
        }

        return [.. stored.Select(step => Errors.RollbackNotConfirmed(step.Location, step.Name, placeholders.Hide(step.Row.Rollback!), fingerprint, confirmed is not null))];
    }

    private static string TextOf(RollbackScript script) => $"{script.Name}\0{script.Row.Rollback}\0";

    private static string FingerprintOf(IEnumerable<RollbackScript> scripts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(scripts.Select(TextOf)))))[..FingerprintLength];
}
