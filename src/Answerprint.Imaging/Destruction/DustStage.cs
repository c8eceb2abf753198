using System.Numerics;
using Answerprint.Imaging.Dust;

namespace Answerprint.Imaging.Destruction;

/// <summary>The air around a building that falls, and what lights it.</summary>
public static class DustStage
{
    /// <summary>A volume of clear air, wide enough for the cloud to run out in; null when the scene wants no dust.</summary>
    /// <param name="scene">The collapse.</param>
    /// <param name="stage">Where the building stands.</param>
    /// <param name="cells">Most cells.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    public static DustVolume? VolumeOf(CollapseScene scene, CollapseStage stage, int cells, int threads)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(stage);
        if (scene.Dust <= 0)
            return null;
        Vector3 size = stage.High - stage.Low;
        float tall = (float)scene.Building.Height, across = size.X + 2.2f * tall, up = 1.4f * tall, along = size.Y + 1.6f * tall, middle = (stage.Low.Y + stage.High.Y) / 2;
        // Not behind the camera.
        along = Math.Min(along, 2 * middle - 1);
        float cell = MathF.Cbrt(across * up * along / cells);
        return new DustVolume(new Vector3((stage.Low.X + stage.High.X - across) / 2, 0, -middle - along / 2), cell, Cells(across), Cells(up), Cells(along), (ulong)scene.Seed, threads);

        int Cells(float metres) => Math.Max(4, (int)(metres / cell));
    }

    /// <summary>How much dust a scene raises: frames of concrete behind panes give off less than masonry, and glass none.</summary>
    /// <param name="scene">The collapse.</param>
    /// <returns>What <see cref="DustEmission.At"/> takes: 1 as usual for masonry.</returns>
    public static double AmountOf(CollapseScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene.Building.Material == BuildingMaterial.Glass ? 0.4 * scene.Dust : scene.Dust;
    }

    /// <summary>The plate's light, on dust of the building's material.</summary>
    /// <param name="scene">The collapse.</param>
    /// <param name="cast">The plate's own colour of light, as <see cref="PlateLight.CastOf"/> gives it.</param>
    public static DustLight LightOf(CollapseScene scene, Vector3 cast)
    {
        ArgumentNullException.ThrowIfNull(scene);
        (double azimuth, double elevation) = (scene.Light.Azimuth * Math.PI / 180, scene.Light.Elevation * Math.PI / 180);
        var sun = new Vector3((float)(Math.Sin(azimuth) * Math.Cos(elevation)), (float)Math.Sin(elevation), (float)(-Math.Cos(azimuth) * Math.Cos(elevation)));
        Vector3 albedo = scene.Building.Material switch
        {
            BuildingMaterial.Brick => new Vector3(0.70f, 0.56f, 0.47f),
            BuildingMaterial.Concrete or BuildingMaterial.Glass => new Vector3(0.66f, 0.65f, 0.63f),
            BuildingMaterial.Timber => new Vector3(0.64f, 0.57f, 0.48f),
            _ => new Vector3(0.72f, 0.66f, 0.58f),
        };
        return new DustLight(sun, cast * new Vector3(1, 0.87f, 0.69f) * (float)(scene.Light.Sun * 0.2), cast * new Vector3(0.87f, 0.93f, 1.06f) * (float)(scene.Light.Sky * 0.3), albedo);
    }
}
