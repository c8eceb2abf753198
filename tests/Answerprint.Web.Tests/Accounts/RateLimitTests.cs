using System.Net;

namespace Answerprint.Web.Tests.Accounts;

public sealed class RateLimitTests(RateLimitTests.StrictServer server) : IClassFixture<RateLimitTests.StrictServer>
{
    public sealed class StrictServer : TestServer
    {
        protected override int TriesPerMinute => 3;
    }

    [Fact]
    public async Task An_address_that_tries_too_often_is_told_to_wait()
    {
        var browser = server.NewBrowser();
        var page = await browser.GetPageAsync("/sign-in");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await browser.SubmitAsync(page, "form[action='/sign-in']", "/sign-in", ("email", $"a{i}@studio.example"), ("password", "wrong password 123"));
            answers.Add(response.StatusCode);
            if (i == 3) Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }
}
