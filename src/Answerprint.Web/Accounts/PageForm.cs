namespace Answerprint.Web.Accounts;

/// <summary>The fields of a posted form, as text; a missing field is empty.</summary>
internal sealed class PageForm
{
    private readonly IFormCollection fields;

    private PageForm(IFormCollection fields) => this.fields = fields;

    public string this[string name] => fields[name].ToString();

    public static async Task<PageForm> ReadAsync(HttpContext context) =>
        new(context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty);

    /// <summary>Every value of a field that may be sent several times.</summary>
    public IReadOnlyList<string> All(string name) => [.. fields[name].OfType<string>()];
}
