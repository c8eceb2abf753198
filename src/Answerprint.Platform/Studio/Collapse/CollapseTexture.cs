using System.Globalization;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>The plate as Blender takes it: linear light in a half-float EXR, whatever the plate is, under a name that its pixels give it.</summary>
internal static class CollapseTexture
{
    /// <summary>Writes the file unless it is there.</summary>
    /// <returns>Its name, without its folder.</returns>
    public static string Write(Picture plate, Picture<Half> light, Answerprint.Imaging.Colour.PlateCurve curve, string folder)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"plate-{Convert.ToHexStringLower(plate.Hash())[..16]}-{(int)curve}.exr");
        var file = Path.Combine(folder, name);
        if (File.Exists(file)) return name;
        var part = file + ".part";
        if (PictureWriter.Write(light, part + ".exr") is { } error) throw new CollapseException(error.ToString());
        File.Move(part + ".exr", file);
        return name;
    }
}
