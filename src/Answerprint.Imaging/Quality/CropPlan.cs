using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>The shape of an artwork.</summary>
/// <param name="Width">Width in any unit.</param>
/// <param name="Height">Height in the same unit.</param>
public readonly record struct AspectRatio(int Width, int Height)
{
    /// <summary>16:9, the landscape card.</summary>
    public static AspectRatio Landscape => new(16, 9);

    /// <summary>2:3, the poster.</summary>
    public static AspectRatio Poster => new(2, 3);

    /// <summary>1:1, the square.</summary>
    public static AspectRatio Square => new(1, 1);

    /// <summary>21:9, the billboard.</summary>
    public static AspectRatio Billboard => new(21, 9);

    /// <summary>The ratio as <c>16:9</c>.</summary>
    public override string ToString() => $"{Width}:{Height}";
}

/// <summary>What to cut out of a frame for a shape, and where its title goes.</summary>
/// <param name="Aspect">The shape.</param>
/// <param name="Crop">The rectangle, in pixels of the source.</param>
/// <param name="Title">The title.</param>
/// <param name="Score">0..1; how well the shape suits the frame.</param>
/// <param name="Reason">Why this rectangle, in plain words.</param>
public sealed record CropPlan(AspectRatio Aspect, PixelRect Crop, TitlePlan Title, double Score, string Reason);
