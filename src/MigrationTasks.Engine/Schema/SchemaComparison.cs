namespace MigrationTasks.Engine.Schema;

/// <summary>Walks through two snapshots side by side, both being sorted.</summary>
internal static class SchemaComparison
{
    public static IEnumerable<SchemaDifference> Compare(SchemaSnapshot before, SchemaSnapshot after)
    {
        foreach (var (old, present) in Pair(before.Objects, after.Objects, SchemaObject.Compare))
        {
            if (old is null || present is null)
            {
                yield return new SchemaDifference(old is null ? SchemaChange.Added : SchemaChange.Removed, (old ?? present)!, null, null);
                continue;
            }

            foreach (var difference in Compare(old, present))
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<SchemaDifference> Compare(SchemaObject before, SchemaObject after)
    {
        var changed = Pair(before.Facts, after.Facts, SchemaFact.Compare)
            .Where(pair => pair.Before is null || pair.After is null)
            .GroupBy(pair => (pair.Before ?? pair.After)!.Label, StringComparer.Ordinal);
        foreach (var same in changed)
        {
            // Some databases let several things have one name: what became of which of them cannot be told.
            var old = same.Select(pair => pair.Before).OfType<SchemaFact>().ToList();
            var present = same.Select(pair => pair.After).OfType<SchemaFact>().ToList();
            if (old is [var from] && present is [var to])
            {
                yield return new SchemaDifference(SchemaChange.Changed, after, from, to);
                continue;
            }

            foreach (var fact in old)
            {
                yield return new SchemaDifference(SchemaChange.Removed, after, fact, null);
            }

            foreach (var fact in present)
            {
                yield return new SchemaDifference(SchemaChange.Added, after, null, fact);
            }
        }

        foreach (var kind in after.Facts.Where(fact => fact.Position > 0).GroupBy(fact => fact.Kind, StringComparer.Ordinal))
        {
            var common = kind.Select(fact => fact.Name).Intersect(before.Facts.Where(fact => fact.Position > 0 && fact.Kind == kind.Key).Select(fact => fact.Name), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
            if (!Order(before, kind.Key, common).SequenceEqual(Order(after, kind.Key, common), StringComparer.Ordinal))
            {
                yield return new SchemaDifference(SchemaChange.Reordered, after, null, kind.First());
            }
        }
    }

    private static IEnumerable<string> Order(SchemaObject item, string kind, HashSet<string> names) =>
        item.Facts.Where(fact => fact.Kind == kind && names.Contains(fact.Name)).OrderBy(fact => fact.Position).Select(fact => fact.Name);

    private static IEnumerable<(T? Before, T? After)> Pair<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Comparison<T> compare)
        where T : class
    {
        for (int i = 0, j = 0; i < before.Count || j < after.Count;)
        {
            var order = i == before.Count ? 1 : j == after.Count ? -1 : compare(before[i], after[j]);
            yield return (order <= 0 ? before[i] : null, order >= 0 ? after[j] : null);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }
}
