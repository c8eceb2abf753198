using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Answerprint.Web.Tests;

/// <summary>A browser without JavaScript: cookies, pages, forms.</summary>
/// <param name="client">Sends; follows no redirects.</param>
/// <param name="cookies">The cookies it holds.</param>
public sealed class TestBrowser(HttpClient client, CookieContainer cookies)
{
    private static readonly HtmlParser Parser = new();

    public HttpClient Client { get; } = client;

    public CookieContainer Cookies { get; } = cookies;

    /// <summary>Loads a page that must be there: status 200 and HTML.</summary>
    public async Task<IHtmlDocument> GetPageAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path} answered {(int)response.StatusCode} {response.Headers.Location}");
        return await ParseAsync(response);
    }

    public Task<HttpResponseMessage> GetAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");
        return Client.SendAsync(request);
    }

    /// <summary>The page in an answer.</summary>
    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return Parser.ParseDocument(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Fills in and submits a form of a page as a browser does, hidden fields and chosen boxes included.</summary>
    /// <param name="page">The page it is on.</param>
    /// <param name="selector">The form, such as <c>form[action='/sign-in']</c>.</param>
    /// <param name="path">The path of the page, for a form without an action.</param>
    /// <param name="values">The fields to fill in; a name given several times is sent several times in place of what the form had.</param>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, string selector, string path, params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(values);
        var form = page.QuerySelector(selector) as IHtmlFormElement;
        Assert.True(form is not null, $"no form '{selector}' on {path}");
        var fields = Existing(form!).Where(field => values.All(value => value.Name != field.Key)).ToList();
        foreach (var (name, value) in values)
        {
            Assert.True(form!.Elements.Any(element => element.GetAttribute("name") == name), $"no field '{name}' in the form '{selector}' on {path}");
            fields.Add(new(name, value));
        }
        var action = form!.GetAttribute("action");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(string.IsNullOrEmpty(action) ? path : action, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.Accept.ParseAdd("text/html");
        return Client.SendAsync(request);
    }

    private static IEnumerable<KeyValuePair<string, string>> Existing(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name) || element.HasAttribute("disabled")) continue;
            var value = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? box.Value : null,
                IHtmlInputElement { Type: "submit" or "button" or "file" } or IHtmlButtonElement => null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value,
                _ => null,
            };
            if (value is not null) yield return new(name, value);
        }
    }
}
