using MigrationTasks.Profile;

if (args is ["--compress", var package])
{
    PackageArchive.Compress(package);
    return 0;
}

if (args is not [var profile, var assemblies, var output, ..])
{
    Console.Error.WriteLine("Usage: PROFILE FOLDER_OF_ASSEMBLIES OUTPUT [FOLDER_OF_REFERENCES]…, or --compress PACKAGE");
    return 2;
}

using var library = new TypeLibrary(assemblies, args[3..]);
ProfileImage.Write(new MethodFinder(library).Find(StartupProfile.Read(profile)), library, output);
return 0;
