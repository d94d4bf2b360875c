using System.Collections.Frozen;

namespace MigrationTasks.MySql;

/// <summary>Numbers of the server's errors that the driver has no names for.</summary>
internal static class ServerCodes
{
    /// <summary>Those that name something which is there, or is not: a table, a column, a key, a routine, a variable.</summary>
    public static readonly FrozenSet<int> AreAboutNames = FrozenSet.Create(
        1008, 1049, 1050, 1051, 1054, 1060, 1061, 1072, 1091, 1109, 1146, 1176, 1193, 1304, 1305, 1347, 1359, 1360, 1539, 4092, 4161);

    public const int UnknownCommand = 1047;
    public const int ServerShutdown = 1053;
    public const int TooManyUserConnections = 1203;
    public const int UserLimitReached = 1226;
    public const int SubqueryOfSeveralRows = 1242;
    public const int AccessDeniedNoPassword = 1698;
    public const int MustChangePassword = 1820;
    public const int ReadOnlyMode = 1836;
    public const int MustChangePasswordToLogIn = 1862;
    public const int ConnectionKilled = 1927;
    public const int AccountLocked = 3118;
    public const int SecureTransportRequired = 3159;
    public const int AccountLockedMariaDb = 4151;
    public const int SecureTransportRequiredMariaDb = 4170;
}
