using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MigrationTasks.Engine.Databases;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Adapters;

/// <summary>Makes assemblies of source, as somebody else's build would.</summary>
internal static class CompiledAdapter
{
    public static string EngineFile { get; } = typeof(AdapterDefinition).Assembly.Location;

    private static readonly string[] Framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(file) is "netstandard.dll" or "mscorlib.dll").ToArray();

    /// <summary>A class that is an adapter, but cannot connect to anything.</summary>
    public static string Class(string type, string name, string body = "") => $$"""
        public class {{type}} : AdapterDefinition
        {
            public override string Name => "{{name}}";
            public override IReadOnlyList<string> UrlSchemes => ["{{name}}"];
            public override string ConnectionVariable => "{{name.ToUpperInvariant()}}_URL";
            public override string ConnectionForm => "{{name}}:somewhere";
            public override ScriptLanguage Language => PostgreSqlDialect.Instance;
            public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => throw new NotSupportedException();
            public override DatabaseAdapter Create(DatabaseConfig config) => throw new NotSupportedException();
            {{body}}
        }
        """;

    /// <summary>Compiles an assembly into a folder.</summary>
    /// <returns>Its full path.</returns>
    public static string Compile(TestFolder folder, string name, string source, params string[] references)
    {
        var file = folder.PathOf($"{name}.dll");
        const string Usings = "using System; using System.Collections.Generic; using System.Reflection;\n";
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings + source)],
            [.. Framework.Concat(references).Select(reference => MetadataReference.CreateFromFile(reference))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var result = compilation.Emit(file);
        Assert.IsTrue(result.Success, string.Join('\n', result.Diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))));
        return file;
    }

    /// <summary>Compiles an assembly that is written for the engine.</summary>
    public static string Adapter(TestFolder folder, string name, string source, params string[] references) => Compile(
        folder,
        name,
        $"using MigrationTasks.Engine.Databases; using MigrationTasks.Engine.Scripts; using MigrationTasks.PostgreSql.Scripts;\n{source}",
        [EngineFile, typeof(PostgreSqlDialect).Assembly.Location, .. references]);
}
