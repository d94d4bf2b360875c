using System.Diagnostics.Tracing;
using System.Reflection;

namespace MigrationTasks.Profile;

/// <summary>Notes which methods the runtime compiles in this process, and which it finds compiled ahead.</summary>
internal sealed class MethodRecorder : EventListener
{
    private const EventKeywords Compiling = (EventKeywords)0x10;
    private const EventKeywords Finding = (EventKeywords)0x20_0000_0000;

    private readonly Lock _gate = new();
    private readonly HashSet<nint> _compiled = [];
    private readonly HashSet<nint> _found = [];

    /// <summary>What was compiled of assemblies in a folder, or for types of them, as <see cref="StartupProfile"/> names them.</summary>
    public IReadOnlyList<(string Type, string Method)> CompiledOf(string folder) => Of(_compiled, folder);

    /// <summary>What was found compiled ahead of them.</summary>
    public IReadOnlyList<(string Type, string Method)> FoundOf(string folder) => Of(_found, folder);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, Compiling | Finding);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var methods = eventData.EventName switch
        {
            string name when name.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) => _compiled,
            string name when name.StartsWith("R2RGetEntryPoint", StringComparison.Ordinal) && !name.Contains("Start", StringComparison.Ordinal) => _found,
            _ => null,
        };
        // Those without a class are made while the program runs, and may be gone.
        if (methods is not null && (string)Value(eventData, "MethodNamespace") != "dynamicClass")
        {
            lock (_gate)
            {
                methods.Add((nint)(ulong)Value(eventData, "MethodID"));
            }
        }
    }

    private IReadOnlyList<(string Type, string Method)> Of(HashSet<nint> methods, string folder)
    {
        lock (_gate)
        {
            return [.. methods.Select(MethodAt).Where(method => IsOf(method, folder)).Select(method => (NameOf(method.DeclaringType!), NameOf(method)))];
        }
    }

    private static object Value(EventWrittenEventArgs eventData, string name) => eventData.Payload![eventData.PayloadNames!.IndexOf(name)]!;

    // The public way asks for the type of a method of a generic type, which is what is to be found out.
    private static MethodBase MethodAt(nint address)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var types = typeof(object).Assembly;
        var runtimeType = types.GetType("System.RuntimeType")!;
        var information = typeof(RuntimeMethodHandle).GetMethod("GetMethodInfo", Hidden)!.Invoke(RuntimeMethodHandle.FromIntPtr(address), null);
        return (MethodBase)runtimeType.GetMethod("GetMethodBase", Hidden, [runtimeType, types.GetType("System.IRuntimeMethodInfo")!])!.Invoke(null, [null, information])!;
    }

    private static bool IsOf(MethodBase method, string folder) =>
        IsOf(method.DeclaringType!, folder) || (method.IsGenericMethod && method.GetGenericArguments().Any(argument => IsOf(argument, folder)));

    private static bool IsOf(Type type, string folder) =>
        type.HasElementType ? IsOf(type.GetElementType()!, folder)
        : type.Assembly.Location.StartsWith(folder, StringComparison.Ordinal) || (type.IsGenericType && type.GetGenericArguments().Any(argument => IsOf(argument, folder)));

    private static string NameOf(MethodBase method) =>
        StableName.Of(method.Name) + (method.IsGenericMethod ? $"[{string.Join(',', method.GetGenericArguments().Select(NameOf))}]" : "");

    private static string NameOf(Type type) =>
        type.IsSZArray ? $"{NameOf(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{StableName.Of(type.GetGenericTypeDefinition().FullName!)}[{string.Join(',', type.GetGenericArguments().Select(NameOf))}]"
        : StableName.Of(type.FullName ?? type.Name);
}
