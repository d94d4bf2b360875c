using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Build.Locator;

namespace MigrationTasks.Tests.Infra;

/// <summary>Makes MSBuild's assemblies come from the SDK, before any code that mentions them is compiled.</summary>
internal static class MSBuildRegistration
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing else runs before the first test's types are loaded.")]
    internal static void Register() => MSBuildLocator.RegisterDefaults();
}
