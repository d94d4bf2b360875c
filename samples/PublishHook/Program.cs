var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "The database was migrated when this app was published.");
app.Run();
