using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests;

/// <summary>One person at a browser of their own, and everything that went wrong in it.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    /// <summary>Milliseconds: many times what a quiet machine takes, since a busy one must pass too.</summary>
    public const float Patience = 120_000;

    private const float FocusPatience = 20_000;

    private const string ReportViolations =
        "document.addEventListener('securitypolicyviolation', e => console.error(`content security policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`))";

    /// <summary>Empty where the focused element is in sight and marked as focused; otherwise what it is.</summary>
    private const string UnseenFocus =
        """
        () => {
          const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
          const seen = b.width > 0 && b.height > 0 && b.bottom > 0 && b.right > 0 && b.top < innerHeight && b.left < innerWidth;
          const marked = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
          return seen && marked ? '' : `${seen ? 'unmarked' : 'out of sight'}: ${e.outerHTML.slice(0, 160)}`;
        }
        """;

    private static readonly string Pictures = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "answerprint-browser")).FullName;
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly string _name;
    private int _pictures;

    private Visitor(IBrowserContext context, IPage page, string name)
    {
        (_context, Page, _name) = (context, page, name);
        context.Console += (_, message) =>
        {
            if (message.Type == "error") _wrong.Enqueue($"{Page.Url}: {message.Text} {message.Location}");
        };
        context.WebError += (_, error) => _wrong.Enqueue($"{Page.Url}: {error.Error}");
        context.Response += (_, response) =>
        {
            if (response.Status >= 400) _wrong.Enqueue($"{response.Request.Method} {response.Url}: {response.Status}");
        };
    }

    public IPage Page { get; }

    public ILocator Main => Page.GetByRole(AriaRole.Main);

    /// <summary>Errors of scripts, refused content, failed requests.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <param name="browser">The browser.</param>
    /// <param name="address">The server's.</param>
    /// <param name="name">Who, for messages and pictures.</param>
    /// <param name="signedIn">What <see cref="RememberAsync"/> gave, to come in as the same person; none comes as a stranger.</param>
    public static async Task<Visitor> ArriveAsync(IBrowser browser, string address, string name, string? signedIn = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address, StorageState = signedIn, Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = 1280, Height = 800 },
        });
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync(ReportViolations);
        return new Visitor(context, await context.NewPageAsync(), name);
    }

    /// <summary>Who is signed in here, for another browser.</summary>
    public Task<string> RememberAsync() => _context.StorageStateAsync();

    /// <summary>Nothing went wrong on the way.</summary>
    public void ExpectNothingWrong() => Assert.True(_wrong.IsEmpty, string.Join('\n', _wrong));

    public Task ClickAsync(AriaRole role, string name) => Main.GetByRole(role, new() { Name = name, Exact = true }).First.ClickAsync();

    /// <summary>Waits until it is there; where it does not come, says what went wrong meanwhile.</summary>
    public async Task SeeAsync(ILocator what)
    {
        try
        {
            await Assertions.Expect(what).ToBeVisibleAsync(new() { Timeout = Patience });
        }
        catch (PlaywrightException missing)
        {
            throw new InvalidOperationException($"{_name} at {Page.Url}: {missing.Message}\n{string.Join('\n', _wrong)}", missing);
        }
    }

    public Task SeeAsync(AriaRole role, string name) => SeeAsync(Main.GetByRole(role, new() { Name = name }).First);

    /// <summary>Waits until a picture has arrived and could be decoded.</summary>
    public async Task SeePictureAsync(ILocator picture)
    {
        await SeeAsync(picture);
        await picture.ScrollIntoViewIfNeededAsync();
        await picture.EvaluateAsync("picture => picture.decode()");
        Assert.True(await picture.EvaluateAsync<int>("picture => picture.naturalWidth") > 0, $"no picture: {await picture.GetAttributeAsync("src")}");
    }

    /// <summary>Goes on by the Tab key and looks whether one can see where one is.</summary>
    public async Task TabAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            try
            {
                // A style may take a frame to arrive.
                await Page.WaitForFunctionAsync($"() => ({UnseenFocus})() === ''", null, new() { Timeout = FocusPatience });
            }
            catch (TimeoutException)
            {
                Assert.Fail(await Page.EvaluateAsync<string>(UnseenFocus));
            }
        }
    }

    /// <summary>
    /// Keeps a picture of the page under the system's folder for temporary files, for people to look at. The caret stays: hiding it leaves an empty
    /// style attribute on every input, which htmx copies at the next swap and the page's policy then refuses.
    /// </summary>
    public Task KeepPictureAsync(string of) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Pictures, $"{_name}-{++_pictures:00}-{of}.png"), FullPage = true, Caret = ScreenshotCaret.Initial, Animations = ScreenshotAnimations.Disabled,
    });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
