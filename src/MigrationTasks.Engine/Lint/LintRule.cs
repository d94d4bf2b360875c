using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;

namespace MigrationTasks.Engine.Lint;

/// <summary>A rule of lint.</summary>
/// <param name="Code">The code of its warnings.</param>
/// <param name="Check">Finds what it warns of.</param>
internal sealed record LintRule(string Code, Func<MigrationSketch, LintContext, IEnumerable<Diagnostic>> Check);
