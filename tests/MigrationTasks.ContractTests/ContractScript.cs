namespace MigrationTasks.ContractTests;

/// <summary>What a migration does, whatever language a database's migrations are written in: statements, and what its header says.</summary>
/// <param name="dialect">Writes it.</param>
/// <param name="statements">Its statements, each in one line and without what ends it.</param>
public sealed class ContractScript(ContractDialect dialect, params IReadOnlyList<string> statements)
{
    /// <summary>Its statements.</summary>
    public IReadOnlyList<string> Statements { get; } = statements;

    /// <summary>Whether its header says that it runs outside a transaction.</summary>
    public bool IsUntransacted { get; init; }

    /// <summary>What undoes it, if its header says so.</summary>
    public ContractScript? Rollback { get; init; }

    /// <summary>The one after the other.</summary>
    public static ContractScript operator +(ContractScript first, ContractScript second) => first.Add(second);

    /// <summary>The one after the other, as <c>+</c> has it.</summary>
    public ContractScript Add(ContractScript next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new ContractScript(dialect, [.. Statements, .. next.Statements]) { IsUntransacted = IsUntransacted || next.IsUntransacted, Rollback = Rollback ?? next.Rollback };
    }

    /// <summary>Where an error of a statement is told, the first being 1.</summary>
    public (int Line, int Column) PlaceOf(int statement) =>
        (dialect.Opening(this).Count(character => character == '\n') + statement, dialect.ColumnOf(Statements[statement - 1]));

    /// <summary>It as a file holds it, with every statement in a line of its own.</summary>
    public override string ToString() => dialect.Opening(this) + (Statements.Count == 0 ? "" : string.Join(dialect.Separator, Statements) + dialect.Closing);
}
