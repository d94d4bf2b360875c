using System.Xml.Linq;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Surface;

/// <summary>Everything that a user's project can name, one line each.</summary>
internal static class PublicSurface
{
    // What starts so has a meaning of MSBuild's or the SDK's own, not one of this package.
    private static readonly IReadOnlyList<string> OfOthers = ["MSBuild", "FileBasedProgram"];

    public static IEnumerable<string> Lines()
    {
        var props = Load("MigrationTasks.props");
        var targets = Load("MigrationTasks.targets");
        return
        [
            .. Section("Properties", Children(props, "PropertyGroup").Concat(targets.Elements("PropertyGroup").Elements()).Select(property => property.Name.LocalName)),
            .. Section("Items and their metadata", Children(props, "ItemDefinitionGroup").SelectMany(item => item.Elements().Select(metadata => $"{item.Name.LocalName}.{metadata.Name.LocalName}").Prepend(item.Name.LocalName))),
            .. Section("Targets", targets.Elements("Target").Select(target => target.Attribute("Name")!.Value)),
            .. Section("Tasks and their parameters", Tasks().SelectMany(task => Parameters(task).Prepend(task.Name))),
            .. Section("Types", Types().Select(type => type.FullName!)),
        ];
    }

    private static IEnumerable<string> Section(string title, IEnumerable<string> names) =>
        [$"# {title}", .. names.Where(name => !name.StartsWith('_') && !OfOthers.Any(other => name.StartsWith(other, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal), ""];

    private static XElement Load(string file) => XDocument.Load(Path.Combine(TargetsBuild.PackageFolder, file)).Root!;

    private static IEnumerable<XElement> Children(XElement project, string group) => project.Elements(group).Elements();

    private static IEnumerable<Type> Tasks() => typeof(MigrationTask).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(MigrationTask)));

    private static IEnumerable<string> Parameters(Type task) => task.GetProperties()
        .Where(property => property.DeclaringType!.Assembly == typeof(MigrationTask).Assembly && property.SetMethod is { IsPublic: true })
        .Select(property => $"{task.Name}.{property.Name}");

    private static Type[] Types() => typeof(MigrationTask).Assembly.GetExportedTypes();
}
