using System.Text.Json.Nodes;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Look;

/// <summary>
/// A part of an input: which one, the part as shares of its width and height or four corners as such shares, how wide that part is in metres, the frame
/// of a video, how it is turned.
/// </summary>
internal sealed record ReferenceParameters(int Input, double X, double Y, double Width, double Height, double Metres, long Frame, int Turn = 0, bool Mirror = false, IReadOnlyList<double>? Corners = null)
{
    public string Problem(int inputs) =>
        Input < 0 || Input >= inputs ? $"input {Input} does not exist"
        : !(X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X + Width <= 1.000001 && Y + Height <= 1.000001) ? "the part leaves the reference"
        : !(Metres >= SceneLimits.MinSize && Metres <= SceneLimits.MaxSize) ? $"{Metres} m wide is outside {SceneLimits.MinSize} to {SceneLimits.MaxSize}"
        : Turn is not (0 or 90 or 180 or 270) ? $"a reference is turned by 0, 90, 180 or 270 degrees, not {Turn}"
        : Corners is not null && (Corners.Count != 8 || !Quad(1e4, 1e4)!.Value.FitsIn(10000, 10000)) ? "corners are eight shares from 0 to 1: x and y of four points, clockwise from the upper left"
        : Frame < 0 ? "frames count from 0" : "";

    /// <summary>The part of a picture that was read.</summary>
    public DressingReference Read(PixelBuffer<byte> pixels, int source) =>
        new(pixels, Crop(pixels.Width, pixels.Height), Metres, source) { Turn = Turn, IsMirrored = Mirror, Quad = Quad(pixels.Width, pixels.Height) };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["input"] = Input, ["x"] = X, ["y"] = Y, ["width"] = Width, ["height"] = Height, ["metres"] = Metres, ["frame"] = Frame };
        if (Turn != 0) json["turn"] = Turn;
        if (Mirror) json["mirror"] = true;
        if (Corners is not null) json["corners"] = new JsonArray([.. Corners.Select(at => (JsonNode)at)]);
        return json;
    }

    /// <summary>The part in pixels, one at least.</summary>
    private PixelRect Crop(int width, int height)
    {
        int x = Math.Clamp((int)Math.Floor(X * width), 0, width - 1), y = Math.Clamp((int)Math.Floor(Y * height), 0, height - 1);
        return new PixelRect(x, y, Math.Clamp((int)Math.Floor((Width * width) + 0.5), 1, width - x), Math.Clamp((int)Math.Floor((Height * height) + 0.5), 1, height - y));
    }

    private ReferenceQuad? Quad(double width, double height) => Corners is { Count: 8 } at
        ? new ReferenceQuad(at[0] * width, at[1] * height, at[2] * width, at[3] * height, at[4] * width, at[5] * height, at[6] * width, at[7] * height) : null;
}
