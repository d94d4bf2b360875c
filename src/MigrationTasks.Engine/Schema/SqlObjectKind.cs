namespace MigrationTasks.Engine.Schema;

/// <summary>What a name stands for. Each is the word that statements have before the name.</summary>
internal enum SqlObjectKind
{
    Aggregate,
    Collation,
    Database,
    Domain,
    Event,
    EventTrigger,
    Extension,
    Function,
    Index,
    Language,

    /// <summary>A function of a library, which databases keep apart from their own.</summary>
    LibraryFunction,

    /// <summary>All that a role owns; the name is that of the role.</summary>
    Owned,
    Package,
    PackageBody,
    Policy,
    Procedure,
    Publication,
    Role,
    Rule,
    Schema,
    Sequence,
    Server,
    Statistics,
    Subscription,
    Table,
    Tablespace,
    Trigger,
    Type,
    User,
    View,
}
