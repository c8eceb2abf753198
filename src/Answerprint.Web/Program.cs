using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web;

var app = WebServer.Build(new ServeOptions(new DataFolder(DataFolder.DefaultRoot), 5080));
await app.Services.GetRequiredService<DatabaseSetup>().MigrateAsync(CancellationToken.None);
await app.RunAsync();
