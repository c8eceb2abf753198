using System.Numerics;
using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class DustEmissionTests
{
    private static readonly Vector3 Wall = new(3, 6, -20);

    [Fact]
    public void A_crack_gives_off_dust_as_soon_as_it_opens()
    {
        DebrisTrack track = Track([Wall, Wall, Wall, Wall], [0, 0, 0, 0.03f]);
        Assert.Empty(DustEmission.At(track, 2, 24, 1));
        DustSource source = Assert.Single(DustEmission.At(track, 3, 24, 1));
        Assert.True(source is { Amount: > 0.5f, Expansion: > 0 });
        Assert.InRange(Vector3.Distance(source.Position, Wall), 0, 1.5f);
    }

    [Fact]
    public void A_frame_behind_panes_gives_off_less_dust_than_masonry()
    {
        Assert.Equal(1.5, DustStage.AmountOf(Scene("concrete")));
        Assert.InRange(DustStage.AmountOf(Scene("glass")), 0.1, 0.75);

        static CollapseScene Scene(string material) =>
            CollapseReader.Read(Encoding.UTF8.GetBytes($$"""{"dust":1.5,"building":{"material":"{{material}}","outline":[[40,20],[56,20],[60,110]]} }"""));
    }

    [Fact]
    public void What_stands_gives_off_none() => Assert.Empty(DustEmission.At(Track([Wall, Wall, Wall], [0, 0, 0]), 2, 24, 1));

    [Fact]
    public void A_floor_that_comes_down_drives_the_air_below_it_out()
    {
        // 4 m/s downwards, evenly: it neither tears nor strikes.
        Vector3 step = new(0, -4 / 24f, 0);
        DustSource source = Assert.Single(DustEmission.At(Track([Wall, Wall + step, Wall + 2 * step], [0.05f, 0.05f, 0.05f]), 2, 24, 1));
        Assert.True(source.Expansion > 0.3f && source.Position.Y < Wall.Y + 2 * step.Y, source.ToString());
    }

    [Fact]
    public void A_blow_on_the_ground_sends_dust_outwards_and_a_harder_one_more()
    {
        DustSource[] soft = [.. Strike(3)], hard = [.. Strike(9)];
        Assert.True(hard.Sum(source => source.Amount) > 2 * soft.Sum(source => source.Amount));
        // The other piece stands to the left: outwards is to the right.
        Assert.Contains(hard, source => source.Velocity.X > 3 && source.Position.Y < 1);
        Assert.All(DustEmission.At(Struck(9), 2, 24, 0.5).Zip(hard), pair => Assert.Equal(0.5f * pair.Second.Amount, pair.First.Amount, 3));
        Assert.Empty(DustEmission.At(Struck(9), 2, 24, 0));
    }

    [Fact]
    public void What_hangs_on_all_of_its_neighbours_trails_none()
    {
        Vector3 step = new(8 / 24f, 0, 0);
        Assert.Empty(DustEmission.At(Track([Wall, Wall + step, Wall + 2 * step], [0, 0, 0]), 2, 24, 1));
        Assert.NotEmpty(DustEmission.At(Track([Wall, Wall + step, Wall + 2 * step], [0.8f, 0.8f, 0.8f]), 2, 24, 1));
    }

    [Theory]
    [InlineData("""{"sizes":[1],"middles":[[[1,2,3]]],"cracks":[[0,1]]}""")]
    [InlineData("""{"sizes":[1],"middles":[[[1,2,3]]],"cracks":[]}""")]
    [InlineData("""{"sizes":[1],"middles":[[[1,2,3]]]}""")]
    [InlineData("""{"sizes":[1],"middles":[[[1,2]]],"cracks":[[0]]}""")]
    [InlineData("nothing")]
    public void A_track_that_is_not_one_is_refused(string text) => Assert.Throws<InvalidDataException>(() => DebrisTrack.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_track_counts_y_upwards()
    {
        DebrisTrack track = DebrisTrack.Read("""{"sizes":[1.5],"middles":[[[1,2,3]]],"cracks":[[0.25]]}"""u8.ToArray());
        Assert.Equal((1.5f, new Vector3(1, 3, -2), 0.25f), (track.Sizes[0], track.Middles[0][0], track.Cracks[0][0]));
    }

    private static IReadOnlyList<DustSource> Strike(float speed) => DustEmission.At(Struck(speed), 2, 24, 1);

    /// <summary>A piece comes down at a speed and lies; another one stands beside it.</summary>
    private static DebrisTrack Struck(float speed)
    {
        Vector3 ground = new(4, 0.6f, -20), above = ground + new Vector3(0, speed / 24, 0), other = new(-4, 6, -20);
        return new DebrisTrack([1.2f, 1.2f], [[above, other], [ground, other], [ground, other]], [[0.9f, 0], [0.9f, 0], [0.9f, 0]]);
    }

    private static DebrisTrack Track(Vector3[] places, float[] cracks) => new([2f], [.. places.Select(place => (IReadOnlyList<Vector3>)[place])], [.. cracks.Select(crack => (IReadOnlyList<float>)[crack])]);
}
