namespace MigrationTasks.MySql.Schema;

/// <summary>What there is in the database of the session, in the order in which it is asked for.</summary>
internal static class MySqlCatalogQueries
{
    private const string User = "SELECT CURRENT_USER(), VERSION()";

    private const string Database = "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()";

    private const string Tables = "SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME";

    private const string Triggers = """
        SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_STATEMENT, ACTION_ORDER, DEFINER, SQL_MODE
        FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
        """;

    // One that does not say when it starts does so when it is created: that is no part of the schema.
    private const string Events = """
        SELECT EVENT_NAME, CONCAT_WS(' ', IF(EVENT_TYPE = 'ONE TIME', CONCAT('AT ', EXECUTE_AT), CONCAT('EVERY ', INTERVAL_VALUE, ' ', INTERVAL_FIELD)),
          IF(ABS(TIMESTAMPDIFF(SECOND, STARTS, CREATED)) > 1, CONCAT('STARTS ', STARTS), NULL), CONCAT('ENDS ', ENDS), IF(ON_COMPLETION = 'PRESERVE', 'ON COMPLETION PRESERVE', NULL),
          IF(STATUS = 'ENABLED', NULL, STATUS), IF(TIME_ZONE IN ('SYSTEM', '+00:00'), NULL, CONCAT('TIME ZONE ', TIME_ZONE))),
          EVENT_DEFINITION, DEFINER, EVENT_COMMENT, SQL_MODE
        FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()
        """;

    private const string Routines = "SELECT ROUTINE_NAME, ROUTINE_TYPE, DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY ROUTINE_NAME, ROUTINE_TYPE";

    private const string Rights = """
        SELECT '', GRANTEE, PRIVILEGE_TYPE, '', IS_GRANTABLE FROM information_schema.SCHEMA_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE()
        UNION ALL SELECT TABLE_NAME, GRANTEE, PRIVILEGE_TYPE, '', IS_GRANTABLE FROM information_schema.TABLE_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE()
        UNION ALL SELECT TABLE_NAME, GRANTEE, PRIVILEGE_TYPE, COLUMN_NAME, IS_GRANTABLE FROM information_schema.COLUMN_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE()
        """;

    /// <summary>The user and the server's version, the database, its tables, triggers, events and routines, and the rights on them.</summary>
    public static string All { get; } = string.Join("; ", User, Database, Tables, Triggers, Events, Routines, Rights);
}
