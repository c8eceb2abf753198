using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class DebrisLightTests
{
    private const int Side = 48;

    [Fact]
    public void Noise_goes_and_the_edge_between_two_faces_stays()
    {
        (float[] light, float[] normal, float[] depth) = Corner(noise: 0.3f);
        float[] made = DebrisLight.Smooth(light, normal, depth, Side, Side);
        Assert.True(Spread(made, 0, 22) < 0.25f * Spread(light, 0, 22));
        Assert.InRange(Mean(made, 0, 23), 0.75f, 0.85f);
        Assert.InRange(Mean(made, 25, Side), 0.15f, 0.25f);
    }

    [Fact]
    public void Threads_do_not_change_it_and_what_takes_no_light_stays_as_it_is()
    {
        (float[] light, float[] normal, float[] depth) = Corner(noise: 0.2f);
        light.AsSpan(300, 3).Fill(-1);
        float[] one = DebrisLight.Smooth(light, normal, depth, Side, Side), three = DebrisLight.Smooth(light, normal, depth, Side, Side, 3);
        Assert.Equal(one, three);
        Assert.Equal(-1, one[300]);
    }

    [Fact]
    public void Planes_of_another_size_are_refused() => Assert.Throws<ArgumentException>(() => DebrisLight.Smooth(new float[12], new float[12], new float[5], 2, 2));

    /// <summary>A face in light at the left, one in shade at the right that turns away.</summary>
    private static (float[] Light, float[] Normal, float[] Depth) Corner(float noise)
    {
        (var light, var normal, var depth) = (new float[3 * Side * Side], new float[3 * Side * Side], new float[Side * Side]);
        for (int i = 0; i < depth.Length; i++)
        {
            bool left = i % Side < Side / 2;
            depth[i] = 20;
            normal[3 * i + (left ? 1 : 0)] = 1;
            for (int c = 0; c < 3; c++)
                light[3 * i + c] = Math.Max(0, (left ? 0.8f : 0.2f) + noise * ((CounterRandom.Mix((ulong)(3 * i + c)) >> 40) / (float)(1 << 24) - 0.5f));
        }
        return (light, normal, depth);
    }

    private static float Mean(float[] light, int from, int to) => Values(light, from, to).Average();

    private static float Spread(float[] light, int from, int to)
    {
        float mean = Mean(light, from, to);
        return Values(light, from, to).Average(value => (value - mean) * (value - mean));
    }

    private static IEnumerable<float> Values(float[] light, int from, int to) => Enumerable.Range(0, Side * Side).Where(i => i % Side >= from && i % Side < to).Select(i => light[3 * i]);
}
