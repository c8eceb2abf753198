using Answerprint.Platform.Productions.Import;

namespace Answerprint.Platform.Tests.Library;

public sealed class NumberedFramesTests
{
    [Theory]
    [InlineData("plate.0002.exr plate.0001.exr", "plate.####.exr=2")]
    [InlineData("plate_1.dpx plate_2.dpx notes.txt", "plate_#.dpx=2 notes.txt=1")]
    [InlineData("a/x.001.png b/x.001.png a/x.002.png b/x.002.png", "a/x.###.png=2 b/x.###.png=2")]
    [InlineData("IMG_0001.jpg IMG_0002.jpg IMG_0003.jpg", "IMG_0001.jpg=1 IMG_0002.jpg=1 IMG_0003.jpg=1")]
    [InlineData("kodim01.png kodim02.png", "kodim01.png=1 kodim02.png=1")]
    [InlineData("v1.2.jpg v1.3.jpg", "v1.2.jpg=1 v1.3.jpg=1")]
    [InlineData("plate.0001.exr", "plate.0001.exr=1")]
    [InlineData("x.0001.exr x.0001.exr x.0002.exr x.0002.exr", "x.####.exr=2 x.####.exr=2")]
    [InlineData("shot.0998.JPG shot.1001.JPG", "shot.####.JPG=2")]
    public void Names_tell_sequences_from_pictures(string files, string items) =>
        Assert.Equal(items, string.Join(' ', NumberedFrames.Group(files.Split(' '), file => file).Select(item => $"{item.Name}={item.Files.Count}")));

    [Fact]
    public void Frames_are_in_the_order_of_their_numbers() =>
        Assert.Equal(["p.0009.exr", "p.0010.exr", "p.0100.exr"], NumberedFrames.Group(["p.0100.exr", "p.0009.exr", "p.0010.exr"], file => file).Single().Files);
}
