using System.Runtime.InteropServices;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Web.Make.GreyBox;

/// <summary>A form as the editor takes it in: its parts as objects of a scene, each with its triangles, and its camera and sun.</summary>
internal sealed record ModelJson(Guid Id, string Name, int Triangles, IReadOnlyList<ModelJson.PartJson> Parts, ModelJson.CameraJson? Camera, ModelJson.SunJson? Sun)
{
    /// <summary>A part; positions are little-endian single-precision numbers in base64, nine a triangle, in the form's own space.</summary>
    public sealed record PartJson(string Name, string Region, IReadOnlyList<double> Position, IReadOnlyList<double> Size, bool HasCoordinates, string Positions);

    public sealed record CameraJson(IReadOnlyList<double> Position, IReadOnlyList<double> Target, double FocalLength, double SensorWidth, double AspectWidth, double AspectHeight);

    public sealed record SunJson(double Azimuth, double Elevation);

    public static ModelJson Of(Asset asset, Model model) => new(
        asset.Id, asset.Name, model.Triangles,
        [.. model.Parts.Select(part => new PartJson(part.Name, part.Region, Numbers(part.Foot), Numbers(part.Size), part.HasCoordinates, Convert.ToBase64String(MemoryMarshal.AsBytes(part.Positions().AsSpan()))))],
        model.Camera is { } eye ? new CameraJson(Numbers(eye.Position), Numbers(eye.Target), Short(eye.FocalLengthMm), eye.SensorWidthMm, Short(eye.AspectWidth), Short(eye.AspectHeight)) : null,
        model.Sun is var (azimuth, elevation) ? new SunJson(Short(azimuth), Short(elevation)) : null);

    private static double[] Numbers(Vector3D point) => [Short(point.X), Short(point.Y), Short(point.Z)];

    private static double Short(double value) => Math.Round(value, 3);
}
