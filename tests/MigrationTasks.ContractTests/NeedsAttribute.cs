using System.Reflection;

namespace MigrationTasks.ContractTests;

/// <summary>Marks a test of what not every database can do.</summary>
/// <param name="feature">What it is.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(ContractFeature feature) : Attribute
{
    /// <summary>What it is.</summary>
    public ContractFeature Feature { get; } = feature;

    /// <summary>What the running test needs; <see langword="null"/> for what every database can do.</summary>
    internal static ContractFeature? Of(Type contract, TestContext test) => contract.GetMethod(test.TestName!)?.GetCustomAttribute<NeedsAttribute>()?.Feature;
}
