using Answerprint.Web.Productions;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Tests.Productions;

public sealed class ReviewDrawingTests
{
    [Fact]
    public void A_drawing_lies_on_the_same_places_of_a_frame_of_another_size()
    {
        Assert.True(DrawnStrokes.TryParse("""{"version":1,"width":1920,"height":1080,"strokes":[{"ink":"cyan","width":6,"d":"M0 0L960 540L1920 1080"}]}""", out var drawn));
        var note = ReviewDrawing.ToNote(drawn);
        Assert.True(ReviewDrawing.TryRead(note, 1920, 1080, out var same));
        Assert.Equal(drawn.Items, same.Items);
        Assert.True(ReviewDrawing.TryRead(note, 960, 540, out var half));
        Assert.Equal(new DrawnStrokes.Stroke("cyan", 3, "M0 0L480 270L960 540"), half.Items.Single());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("""[{"colour":"#ffffff","width":0.01,"points":[["a","b"]]}]""")]
    [InlineData("""[{"colour":"#ffffff","width":0.01,"points":[[0.5]]}]""")]
    [InlineData("""[{"colour":"#ffffff","width":"x","points":[[0.5,0.5]]}]""")]
    public void What_is_no_drawing_draws_nothing(string json) => Assert.False(ReviewDrawing.TryRead(json, 1280, 720, out _));

    [Fact]
    public void A_note_cut_off_or_changed_at_random_never_throws()
    {
        const string note = """[{"colour":"#ff6257","width":0.0031,"points":[[0.5,0.5],[1,1]]},{"colour":"#ffffff","width":0.01,"points":[[0.1,0.2]]}]""";
        var random = new Random(20261122);
        for (var length = 0; length < note.Length; length++) ReviewDrawing.TryRead(note[..length], 1280, 720, out _);
        for (var i = 0; i < 3000; i++)
        {
            var changed = note.ToCharArray();
            for (var k = 0; k < 1 + (i % 4); k++) changed[random.Next(changed.Length)] = (char)random.Next(32, 127);
            ReviewDrawing.TryRead(new string(changed), 1280, 720, out _);
        }
    }
}
