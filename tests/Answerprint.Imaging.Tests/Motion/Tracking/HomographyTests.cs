using Answerprint.Imaging.Motion.Tracking;

namespace Answerprint.Imaging.Tests.Motion.Tracking;

public sealed class HomographyTests
{
    private static readonly Homography Some = new(1.1, 0.05, 7, -0.03, 0.95, -4, 0.0004, -0.0002);

    [Fact]
    public void The_way_back_ends_where_it_began() => Near((30, 80), At(Some.Inverse(), Some.Apply(30, 80)));

    [Fact]
    public void One_after_another_is_both()
    {
        var other = new Homography(0.9, 0.1, -3, 0, 1.2, 5, -0.0003, 0.0001);
        Near(At(other, Some.Apply(12, 60)), other.After(Some).Apply(12, 60));
    }

    [Fact]
    public void At_another_size_it_is_the_same_map()
    {
        (double x, double y) = Some.Apply(20, 30);
        Near((2.5 * x, 2.5 * y), Some.Rescale(2.5).Apply(50, 75));
    }

    [Fact]
    public void From_another_origin_it_is_the_same_map()
    {
        (double x, double y) = Some.Apply(20, 30);
        Near((x - 6, y - 9), Some.Around(6, 9).Apply(14, 21));
    }

    [Fact]
    public void A_map_that_folds_the_plane_has_no_way_back() => Assert.Throws<InvalidOperationException>(() => new Homography(1, 1, 0, 1, 1, 0, 0, 0).Inverse());

    private static (double X, double Y) At(Homography map, (double X, double Y) place) => map.Apply(place.X, place.Y);

    private static void Near((double X, double Y) expected, (double X, double Y) actual)
    {
        Assert.Equal(expected.X, actual.X, 1e-9);
        Assert.Equal(expected.Y, actual.Y, 1e-9);
    }
}
