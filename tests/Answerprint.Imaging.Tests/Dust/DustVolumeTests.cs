using System.Numerics;
using Answerprint.Imaging.Dust;

namespace Answerprint.Imaging.Tests.Dust;

public sealed class DustVolumeTests
{
    private static readonly DustLight Light = new(Vector3.Normalize(new Vector3(-0.6f, 0.7f, 0.4f)), new Vector3(0.7f), new Vector3(0.3f), new Vector3(0.7f));

    [Fact]
    public void Clear_air_stays_clear_and_shows_nothing()
    {
        DustVolume volume = Volume(1);
        volume.Step(1 / 24f, []);
        Assert.All(volume.Density.ToArray(), density => Assert.Equal(0, density));
        Assert.All(DustRenderer.Render(volume, Camera, Light, default, 0, 1), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_blow_at_the_ground_drives_dust_outwards()
    {
        DustVolume volume = Volume(1);
        float first = 0;
        for (int i = 0; i < 36; i++)
        {
            volume.Step(1 / 24f, i < 6 ? [new DustSource(new Vector3(0, 0.5f, -10), 1.2f, new Vector3(0, 0.5f, 0), 30, 8)] : []);
            first = i == 2 ? Width(volume) : first;
        }
        Assert.True(first > 0);
        Assert.True(Width(volume) > first + 1, $"{first} m, then {Width(volume)} m");
    }

    [Fact]
    public void Threads_change_nothing()
    {
        DustVolume one = Volume(1), four = Volume(4);
        DustSource[] sources = [new DustSource(new Vector3(0.4f, 1, -10), 1, new Vector3(2, 1, 0), 20, 4)];
        for (int i = 0; i < 8; i++)
        {
            one.Step(1 / 24f, sources);
            four.Step(1 / 24f, sources);
        }
        Assert.Equal(one.Density.ToArray(), four.Density.ToArray());
        Assert.Equal(DustRenderer.Render(one, Camera, Light, default, 0.3f, 1, 1), DustRenderer.Render(four, Camera, Light, default, 0.3f, 1, 4));
    }

    [Fact]
    public void What_stands_before_dust_hides_it()
    {
        DustVolume volume = Cloud(10, 2, 1.5f, 30);
        var near = new float[Camera.Width * Camera.Height];
        Array.Fill(near, 4f);
        float seen = DustRenderer.Render(volume, Camera, Light, default, 0, 1).Where((_, i) => i % 4 == 3).Max();
        Assert.True(seen > 0.8f);
        Assert.All(DustRenderer.Render(volume, Camera, Light, near, 0, 1), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Behind_what_covers_part_of_a_pixel_dust_goes_on()
    {
        DustVolume volume = Cloud(10, 2, 1.5f, 30);
        int area = Camera.Width * Camera.Height;
        float[] near = new float[area], behind = new float[area], cover = new float[area];
        Array.Fill(behind, 1e10f);
        // Whole, three quarters, nothing.
        for (int i = 0; i < area; i++)
        {
            cover[i] = (i % Camera.Width / 20) switch { 0 => 1, 1 => 0.75f, _ => 0 };
            near[i] = cover[i] > 0 ? 4 : 1e10f;
        }
        float[] free = DustRenderer.Render(volume, Camera, Light, behind, 0, 1), seen = DustRenderer.Render(volume, Camera, Light, near, 0, 1, 1, new DustBehind(behind, cover));
        Assert.True(Enumerable.Range(0, area).Count(i => free[4 * i + 3] > 0.8f && cover[i] is 0.75f) > 50);
        // Further inside than what is evened out.
        foreach (int i in Enumerable.Range(0, area).Where(i => i % Camera.Width % 20 is > 3 and < 16))
            Assert.InRange(seen[4 * i + 3] - (1 - cover[i]) * free[4 * i + 3], -0.02f, 0.02f);
        Assert.Throws<ArgumentException>(() => DustRenderer.Render(volume, Camera, Light, near, 0, 1, 1, new DustBehind(behind, new float[3])));
    }

    [Fact]
    public void A_pole_before_dust_stays_clear_of_it_and_dust_beside_it_is_even()
    {
        DustVolume volume = Cloud(12, 2, 3, 60);
        var depth = new float[Camera.Width * Camera.Height];
        Array.Fill(depth, 1e10f);
        // One pixel wide, and not at a block's edge.
        for (int y = 0; y < Camera.Height; y++)
            depth[y * Camera.Width + 31] = 3;
        float[] seen = DustRenderer.Render(volume, Camera, Light, depth, 0, 1);
        int row = 20 * Camera.Width;
        for (int y = 0; y < Camera.Height; y++)
            Assert.Equal(0, seen[4 * (y * Camera.Width + 31) + 3]);
        Assert.InRange(seen[4 * (row + 30) + 3], 0.8f, 1);
        Assert.InRange(MathF.Abs(seen[4 * (row + 33) + 3] - seen[4 * (row + 30) + 3]), 0, 0.1f);
    }

    [Fact]
    public void A_cloud_has_a_lit_side_and_a_dark_one()
    {
        DustVolume volume = Cloud(12, 2.5f, 2, 60);
        (float left, float right) = Sides(new Vector3(-0.9f, 0.43f, 0));
        Assert.True(left > 1.3f * right, $"{left} {right}");
        (left, right) = Sides(new Vector3(0.9f, 0.43f, 0));
        Assert.True(right > 1.3f * left, $"{left} {right}");

        (float Left, float Right) Sides(Vector3 sun)
        {
            float[] seen = DustRenderer.Render(volume, Camera, Light with { Sun = Vector3.Normalize(sun) }, default, 0, 1);
            return (Bright(seen, 0, Camera.Width / 2), Bright(seen, Camera.Width / 2, Camera.Width));
        }

        // Of what is opaque, so that thin parts do not count as dark ones.
        static float Bright(float[] seen, int from, int to)
        {
            (float sum, float cover) = (0, 0);
            for (int i = 0; i < seen.Length / 4; i++)
            {
                if (i % Camera.Width >= from && i % Camera.Width < to && seen[4 * i + 3] > 0.5f)
                    (sum, cover) = (sum + seen[4 * i], cover + seen[4 * i + 3]);
            }
            return sum / cover;
        }
    }

    [Fact]
    public void Steps_and_sizes_out_of_bounds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Volume(1).Step(0.5f, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DustVolume(default, 0.1f, 3, 10, 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DustVolume(default, 0.1f, 4000, 4000, 10, 1));
    }

    private static DustCamera Camera => new(new Vector3(0, 1.7f, 0), 0, 60, 64, 48);

    private static DustVolume Volume(int threads) => new(new Vector3(-6, 0, -16), 0.5f, 24, 14, 24, 5, threads);

    /// <summary>A cloud that has hung in still air for some frames.</summary>
    private static DustVolume Cloud(int frames, float height, float radius, float amount)
    {
        DustVolume volume = Volume(1);
        for (int i = 0; i < frames; i++)
            volume.Step(1 / 24f, [new DustSource(new Vector3(0, height, -10), radius, default, amount, 0)]);
        return volume;
    }

    /// <summary>How wide dust lies on the ground, in metres.</summary>
    private static float Width(DustVolume volume)
    {
        int least = int.MaxValue, most = -1;
        for (int z = 0; z < volume.Depth; z++)
        {
            for (int x = 0; x < volume.Width; x++)
            {
                if (volume.Density[z * volume.Height * volume.Width + x] > 0.05f)
                    (least, most) = (Math.Min(least, x), Math.Max(most, x));
            }
        }
        return most < 0 ? 0 : (most - least + 1) * volume.Cell;
    }
}
