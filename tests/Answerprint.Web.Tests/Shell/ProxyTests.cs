using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Web.Tests.Shell;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("""{ "proxy": { "trusted": ["127.0.0.1", "10.0.0.0/8"] } }""", true)]
    [InlineData("""{ "proxy": { "trusted": ["10.0.0.0/8"] } }""", false)]
    [InlineData("{}", false)]
    public async Task Only_a_trusted_proxy_is_believed_that_its_visitor_came_by_tls(string settings, bool believed)
    {
        await using var server = new Behind(settings);
        await server.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await server.NewBrowser().Client.SendAsync(request);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Equal(believed, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_refused_at_the_start()
    {
        await using var server = new Behind("""{ "proxy": { "trusted": ["the-balancer"] } }""");
        var error = await Assert.ThrowsAsync<InvalidDataException>(server.StartAsync);
        Assert.Contains("the-balancer", error.Message, StringComparison.Ordinal);
    }

    private sealed class Behind(string settings) : TestServer, IAsyncDisposable
    {
        protected override void Prepare(DataFolder data) => File.WriteAllText(Path.Combine(data.Root, InstallationSettings.FileName), settings);

        public Task StartAsync() => InitializeAsync();

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
