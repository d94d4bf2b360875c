using System.CommandLine;
using MigrationTasks.Help;

namespace MigrationTasks.Tool;

/// <summary>The option that a property is on the command line. Its value is text, so that a wrong one is told as it is in a build.</summary>
internal static class PropertyOption
{
    /// <summary>Makes the option of a property.</summary>
    /// <param name="property">The property.</param>
    public static Option<string?> Of(string property)
    {
        var usual = PackageFiles.Defaults[property];
        var isSwitch = usual == "false";
        return new Option<string?>(CommandNames.OptionOf(property))
        {
            Description = CommandNames.Translate(PackageFiles.Comments[property]) + (usual.Length == 0 || isSwitch ? "" : $" [default: {usual}]"),
            // A switch may stand alone.
            Arity = isSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            CustomParser = isSwitch ? argument => argument.Tokens.Count == 0 ? "true" : argument.Tokens[0].Value : null,
            HelpName = isSwitch ? "true|false" : "value",
        };
    }
}
