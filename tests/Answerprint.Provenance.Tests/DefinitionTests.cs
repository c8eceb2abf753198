using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Tests.Samples;

namespace Answerprint.Provenance.Tests;

public sealed class DefinitionTests
{
    private static readonly Ingredient Parent = new() { Title = "before", Relationship = IngredientRelationship.ParentOf };
    private static readonly Ingredient Input = new() { Title = "plate", Relationship = IngredientRelationship.InputTo };

    public static TheoryData<string, ManifestDefinition> Broken => new()
    {
        { "first action", Studio.Simple() with { Actions = [new("c2pa.edited")] } },
        { "actions", Studio.Simple() with { Actions = [] } },
        { "after the first", Studio.Simple() with { Actions = [ManifestAction.Opened(), ManifestAction.Created(DigitalSourceType.Empty)] } },
        { "digital source type", Studio.Simple() with { Actions = [new("c2pa.created")] } },
        { "no action name", Studio.Simple() with { Actions = [.. Studio.Simple().Actions, new("edited")] } },
        { "does not list", Studio.Simple() with { Actions = [.. Studio.Simple().Actions, new("c2pa.edited") { Ingredients = [Input] }] } },
        { "needs ingredients that are components", Studio.Simple() with { Ingredients = [Input], Actions = [.. Studio.Simple().Actions, new("c2pa.placed") { Ingredients = [Input] }] } },
        { "c2pa.opened", Studio.Simple() with { Ingredients = [Parent] } },
        { "parent ingredients", Studio.Opened() with { Ingredients = [Parent, Parent with { Title = "also before" }] } },
        { "listed twice", Studio.Opened() with { Ingredients = [Input, Input] } },
        { "media type", Studio.Opened() with { Ingredients = [Input with { MediaType = "png" }] } },
        { "64 hexadecimal", Studio.Opened() with { Ingredients = [Input with { Sha256 = "ab" }] } },
        { "region", Studio.Simple() with { Actions = [ManifestAction.Created(DigitalSourceType.Empty) with { Changes = [new(0, 0, 0, 5)] }] } },
        { "1000000", Studio.Full() with { Record = Studio.Full().Record! with { Attribution = new(1, 2, 3, 4, 5) } } },
        { "Grade", Studio.Full() with { Record = Studio.Full().Record! with { Grade = "good" } } },
        { "oversight", Studio.Full() with { AiDisclosures = [new("c2pa.types.model", HumanOversightLevel: "some")] } },
        { "manifest id", Studio.Simple() with { ManifestId = Guid.Empty } },
        { "title", Studio.Simple() with { Title = " " } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_definition_that_contradicts_itself_is_refused(string why, ManifestDefinition definition) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => Studio.Sign(SamplePng.Rgb(4, 4), definition)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void An_opened_file_is_its_own_parent_unless_one_is_named()
    {
        var own = Studio.Verify(Studio.Sign(SamplePng.Rgb(4, 4), Studio.Opened())).Active!;
        Assert.Equal(("parentOf", "Poster", "image/png"), (own.Ingredients[0].Relationship, own.Ingredients[0].Title, own.Ingredients[0].MediaType));
        var named = Studio.Verify(Studio.Sign(SamplePng.Rgb(4, 4), Studio.Opened() with { Ingredients = [Input, Parent] })).Active!;
        Assert.Equal("before", Assert.Single(named.Ingredients, i => i.Relationship == "parentOf").Title);
        Assert.Equal(["c2pa.ingredient.v3__1"], named.Actions[0].Ingredients);
    }

    [Fact]
    public void A_component_is_placed_without_being_told()
    {
        var part = new Ingredient { Title = "logo", Relationship = IngredientRelationship.ComponentOf };
        var actions = Studio.Verify(Studio.Sign(SamplePng.Rgb(4, 4), Studio.Simple() with { Ingredients = [part] })).Active!.Actions;
        Assert.Equal(["c2pa.created", "c2pa.placed"], actions.Select(a => a.Action));
    }

    [Fact]
    public void A_manifest_id_cannot_be_used_again_over_its_own_history()
    {
        var once = Studio.Sign(SamplePng.Rgb(4, 4), Studio.Simple(1));
        Assert.Throws<ArgumentException>(() => Studio.Sign(once, Studio.Opened(1)));
    }
}
