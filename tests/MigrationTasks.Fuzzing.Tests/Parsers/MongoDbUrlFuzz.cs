using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.MongoDb;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>MongoDB's URLs.</summary>
[TestClass]
public sealed class MongoDbUrlFuzz : ConnectionFuzz
{
    protected override IEnumerable<string> Fragments =>
    [
        "mongodb://", "mongodb+srv://", "MONGODB://", "mongodb:", "app", ":", Secret, "%40", "%2F", "%", "%zz", "@", "@", "127.0.0.1", "db.example.com", "[::1]", "[", "]", "%2Ftmp%2Fmongodb-27017.sock", ":27017", ":0", ":65536", ",", "/", "/shop", ".", "$",
        "?", "&", "=", "authSource=", "admin", "authMechanism=", "SCRAM-SHA-256", "MONGODB-X509", "MONGODB-AWS", "GSSAPI", "PLAIN", "authMechanismProperties=", "SERVICE_NAME:a", "replicaSet=rs0", "readPreference=", "secondary", "readPreferenceTags=", "dc:a",
        "w=", "0", "majority", "wtimeoutMS=", "journal=", "true", "false", "1", "-1", "99999999999", "tls=", "ssl=", "tlsInsecure=", "compressors=", "zlib,snappy,zstd,none", "zlibCompressionLevel=", "connectTimeoutMS=", "serverSelectionTimeoutMS=", "socketTimeoutMS=",
        "maxPoolSize=", "minPoolSize=", "directConnection=", "loadBalanced=", "srvMaxHosts=", "srvServiceName=", "appName=", "retryWrites=", "uuidRepresentation=", "standard", "proxyHost=", "proxyPassword=" + Secret, "#", "+", ";", "'", "\"",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("a", "mongodb://"), Growth.Of("a", "mongodb://u:", "@h/d"), Growth.Of("%41", "mongodb://u:", "@h/d"), Growth.Of("%", "mongodb://u:", "@h/d"), Growth.Of("@", "mongodb://"), Growth.Of(":", "mongodb://u:p@h"), Growth.Of("[", "mongodb://u:p@"),
        Growth.Of("/", "mongodb://u:p@h"), Growth.Of("&", "mongodb://u:p@h/d?"), Growth.Of("=", "mongodb://u:p@h/d?a"), Growth.Of("readPreferenceTags=a:b&", "mongodb://u:p@h/d?readPreference=secondary&"), Growth.Numbered("a#=1&", "mongodb://u:p@h/d?"),
        Growth.Of("a", "mongodb://u:p@h/d?appName="), Growth.Of("1", "mongodb://u:p@h:"), Growth.Of("1", "mongodb://u:p@h/d?connectTimeoutMS="), Growth.Of(" ", "mongodb://h/d"),
    ];

    private protected override AdapterDefinition Adapter => new MongoDbDefinition();

    protected override void Check(string input)
    {
        base.Check(input);
        // Whatever the password is, percent-encoding it is all that it needs, and it is not shown.
        if (input.Length > 0 && input.EnumerateRunes().All(rune => rune.Value != 0 && rune != System.Text.Rune.ReplacementChar))
        {
            Assert.AreEqual("shop at db.example.com:27017", Configure($"mongodb://app:{Uri.EscapeDataString(input)}@db.example.com/shop").Target);
        }

        try
        {
            var target = Configure(input).Target;
            // Without an @, there is no password.
            if (input.LastIndexOf('@') is >= 0 and var at && input.Split('@')[0].Contains(Secret, StringComparison.Ordinal))
            {
                Assert.IsFalse(target.Contains(Secret, StringComparison.Ordinal) && !input[at..].Contains(Secret, StringComparison.Ordinal), target);
            }
        }
        catch (MigrationException)
        {
            // Refused, and says why.
        }
    }
}
