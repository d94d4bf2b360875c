namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>The invariant: a migration is recorded if and only if its effects are there, each once.</summary>
/// <param name="migrations">The migrations.</param>
/// <param name="state">What is in the database.</param>
/// <param name="dialect">What the database does.</param>
internal sealed class ChaosCheck(IReadOnlyList<ChaosMigration> migrations, ChaosState state, ChaosDialect dialect)
{
    /// <summary>Every migration is there as a whole or not at all; one outside a transaction as far as its row says.</summary>
    public void IsWhole()
    {
        var isOver = false;
        foreach (var migration in migrations)
        {
            var row = state.Rows.GetValueOrDefault(migration.Name);
            Assert.IsFalse(isOver && row is not null, $"{migration.Name} is recorded, but one before it is not applied.\n{state}");
            var isApplied = row?.StartsWith("applied", StringComparison.Ordinal) == true;
            isOver |= !isApplied;
            if (isApplied || row is null || dialect.IsWhole(migration))
            {
                Assert.AreEqual(isApplied, row is not null, $"{migration.Name} runs in a transaction, but its row says {row}.");
                Assert.IsTrue(Stands(migration, isApplied ? migration.Statements.Count : 0), $"{migration.Name} is {row ?? "not recorded"}, but that is not what stands.\n{state}");
            }
            else
            {
                AssertPartStands(migration, row);
            }
        }
    }

    /// <summary>Every migration is applied.</summary>
    public void IsComplete()
    {
        IsWhole();
        Assert.IsTrue(migrations.All(migration => state.Applied.Contains(migration.Name)), $"Not every migration is applied.\n{state}");
    }

    // A statement and the note that it was done are one commit, but where the statement cannot be in a transaction: between the two,
    // one more stands than is noted.
    private void AssertPartStands(ChaosMigration migration, string row)
    {
        var done = int.Parse(row.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        var next = migration.Statements.ElementAtOrDefault(done) ?? "";
        Assert.IsTrue(Stands(migration, done) || (dialect.IsAlone(next) && Stands(migration, done + 1)), $"{migration.Name} is {row}, but that is not what stands.\n{state}");
    }

    private bool Stands(ChaosMigration migration, int statements)
    {
        var parts = migration.Rows.Where(ordinal => ordinal <= statements).Select(ordinal => $"{migration.Version} {ordinal}").Order(StringComparer.Ordinal);
        return state.Parts.Where(part => part.StartsWith($"{migration.Version} ", StringComparison.Ordinal)).SequenceEqual(parts)
            && state.Objects.Count(name => name.StartsWith($"chaos_{migration.Version:D3}", StringComparison.Ordinal)) == migration.Objects.Count(ordinal => ordinal <= statements);
    }
}
