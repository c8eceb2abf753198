using Answerprint.Web.Shell;

namespace Answerprint.Web.Tests.Shell;

public sealed class ShellContextTests
{
    private static readonly NavItem[] Items = [new("Home", "/"), new("Productions", "/productions"), new("Archive", "/productions/archive"), new("People", "/system/people")];

    [Theory]
    [InlineData("/", "Home")]
    [InlineData("/productions", "Productions")]
    [InlineData("/productions/12/shots", "Productions")]
    [InlineData("/productions/archive/3", "Archive")]
    [InlineData("/System/People", "People")]
    public void The_longest_prefix_of_the_path_is_the_current_item(string path, string expected)
    {
        var shell = ShellContext.Empty with { Path = path };
        Assert.Equal([expected], Items.Where(i => shell.IsCurrent(i, Items)).Select(i => i.Text));
    }

    [Theory]
    [InlineData("/productionsheet")]
    [InlineData("/search")]
    public void A_page_outside_the_navigation_makes_nothing_current(string path) =>
        Assert.DoesNotContain(Items, item => (ShellContext.Empty with { Path = path }).IsCurrent(item, Items));
}
