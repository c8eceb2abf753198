using System.Buffers.Binary;
using System.Numerics;
using Answerprint.Imaging.Destruction.Raster;

namespace Answerprint.Imaging.Tests.Destruction.Raster;

public sealed class DebrisSceneReaderTests
{
    [Fact]
    public void What_was_exported_is_read()
    {
        DebrisScene scene = DebrisSceneReader.Read(DebrisBytes.Sheet(3, k => new Vector3(k, 0, -k), k => k > 0 ? 0.5f : 0));
        DebrisObject own = Assert.Single(scene.Objects);
        Assert.Equal((3, 2, 4, false), (scene.Frames, scene.Triangles, own.Corners, own.IsCached));
        Assert.Equal(new Vector3(2, 20, 5), Vector3.Transform(new Vector3(0, 20, 7), own.Poses[2].ToScene));
        Assert.Equal((0f, 0.5f, true), (own.Poses[0].Moved, own.Poses[1].Moved, own.Poses[2].IsShown));
    }

    [Theory]
    [InlineData(8, 7u, "version")]
    [InlineData(12, 0x7FFFFFFFu, "frames")]
    [InlineData(16, 0x7FFFFFFFu, "objects")]
    [InlineData(24, 0x7FFFFFFFu, "corners")]
    [InlineData(28, 0x7FFFFFFFu, "triangles")]
    [InlineData(20, 2u, "kind")]
    [InlineData(32 + 96, 4u, "corner 4")]
    [InlineData(32 + 96 + 24, 9u, "material")]
    [InlineData(32, 0x7FC00000u, "no place")]
    public void What_goes_beyond_a_limit_is_refused_in_words(int at, uint value, string word)
    {
        byte[] bytes = DebrisBytes.Sheet(2, _ => default, _ => 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        Assert.Contains(word, Assert.Throws<InvalidDataException>(() => DebrisSceneReader.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_and_mutated_geometry_is_refused_or_drawn_and_nothing_else()
    {
        var random = new Random(11);
        byte[][] wholes = [DebrisBytes.Sheet(3, k => new Vector3(k, 0, 0), _ => 1), DebrisBytes.Cached(3)];
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] broken = [.. wholes[i % 2]];
            if (random.Next(2) == 0)
                broken = broken[..random.Next(broken.Length)];
            for (int k = random.Next(4); k > 0 && broken.Length > 0; k--)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            try
            {
                Assert.InRange(DebrisSceneReader.Read(broken).Triangles, 0, broken.Length);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 2990);
    }

    [Fact]
    public void Truncated_and_mutated_point_caches_are_refused_or_read_and_nothing_else()
    {
        var random = new Random(12);
        byte[] whole = DebrisBytes.Cache(3);
        var places = new Vector3[3];
        int read = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] broken = i == 0 ? whole : [.. whole[..random.Next(whole.Length + 1)]];
            if (i > 0 && broken.Length > 0)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            try
            {
                PointCache cache = PointCache.Open(new MemoryStream(broken));
                if (cache.Corners > places.Length)
                    continue;
                cache.Read(random.Next(-1, 5), places);
                read++;
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
        Assert.True(read > 0);
    }
}
