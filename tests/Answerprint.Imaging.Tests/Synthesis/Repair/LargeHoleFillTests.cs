using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Tests.Synthesis.Repair;

public sealed class LargeHoleFillTests
{
    [Fact]
    public void A_large_hole_takes_whole_pixels_of_the_picture_and_leaves_the_rest_alone()
    {
        // Stripes 16 pixels wide, and a hole of 960 x 960 in them.
        const int side = 1301, low = 150, high = 1110;
        PixelBuffer<byte> picture = new(PixelLayout.Interleaved(side, side, 3)), mask = new(PixelLayout.Interleaved(side, side, 1));
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                bool hidden = x is >= low and < high && y is >= low and < high;
                for (int c = 0; c < 3; c++)
                    picture[x, y, c] = hidden ? (byte)0 : (byte)((x / 16 % 2 == 0 ? 60 : 180) + 10 * c);
                mask[x, y, 0] = hidden ? (byte)255 : (byte)0;
            }
        }
        RepairField field = LargeHoleFill.Fill(picture, mask, new FillOptions { MaxDegreeOfParallelism = 2 })!;
        Assert.True((high - low) * (high - low) > LargeHoleFill.MaxAtOwnSize);
        PixelBuffer<byte> made = ((Picture<byte>)field.Apply(Picture.Create(picture))).Pixels;
        int right = 0;
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                if (mask[x, y, 0] == 0)
                    Assert.Equal(picture[x, y, 1], made[x, y, 1]);
                else
                    right += Math.Abs(made[x, y, 1] - (x / 16 % 2 == 0 ? 70 : 190)) < 8 ? 1 : 0;
            }
        }
        Assert.True(right > 0.9 * (high - low) * (high - low), $"{right} pixels go on with the stripes");
    }
}
