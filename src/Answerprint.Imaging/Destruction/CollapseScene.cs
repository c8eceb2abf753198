using System.Numerics;

namespace Answerprint.Imaging.Destruction;

/// <summary>What a building is, seen from above.</summary>
public enum BuildingShape
{
    /// <summary>A flat front towards the camera, and as deep as it is said to be.</summary>
    Block,

    /// <summary>Round about an upright axis: a tower, a chimney, a silo.</summary>
    Round,
}

/// <summary>What breaking shows, and how heavy it is.</summary>
public enum BuildingMaterial
{
    /// <summary>Fired clay in mortar.</summary>
    Brick,

    /// <summary>Natural stone.</summary>
    Stone,

    /// <summary>Reinforced concrete.</summary>
    Concrete,

    /// <summary>A wooden frame.</summary>
    Timber,

    /// <summary>Panes before a frame of concrete.</summary>
    Glass,
}

/// <summary>A block seen at an angle: its front face, the visible side and the roof.</summary>
/// <param name="Face">Corners of the front face in pixels, the two on the ground first; 3 to 256. A gable is part of it.</param>
/// <param name="Side">Where the visible side's far edge stands on the ground, in pixels; null when the front alone is seen.</param>
/// <param name="Ridge">Both ends of the ridge in pixels, when the roof rises behind the front face; null for a flat roof, or a gable in the face.</param>
public sealed record CollapseFront(IReadOnlyList<Vector2> Face, Vector2? Side, (Vector2 Left, Vector2 Right)? Ridge);

/// <summary>How a building gives way.</summary>
public enum FailureKind
{
    /// <summary>A storey fails and what is above comes straight down on what is below.</summary>
    Pancake,

    /// <summary>One side is cut through and the rest falls over to that side.</summary>
    Topple,

    /// <summary>What is above a slanted plane slides off it.</summary>
    Shear,

    /// <summary>Everything near a point is thrown away from it.</summary>
    Blast,

    /// <summary>Nothing falls: the building is taken out of every frame.</summary>
    Remove,
}

/// <summary>The camera that took the plate.</summary>
/// <param name="FocalLength">In widths of the plate, 0.3 to 20.</param>
/// <param name="Horizon">The row of the horizon as a share of the plate's height from the top, -2 to 3.</param>
/// <param name="Shifted">Whether upright edges are upright in the plate (a shift lens): the view is level, and the lens' axis meets the horizon.</param>
/// <param name="Lines">What the two numbers are solved from; null when they are given.</param>
public sealed record CollapseCamera(double FocalLength, double Horizon, bool Shifted = false, CollapseLines? Lines = null);

/// <summary>Level edges in the plate that run two ways at right angles.</summary>
/// <param name="Along">Two ends of each edge of one way, in pixels; two edges or more.</param>
/// <param name="Across">The same of the other way.</param>
public sealed record CollapseLines(IReadOnlyList<Vector2> Along, IReadOnlyList<Vector2> Across);

/// <summary>The building in the plate.</summary>
/// <param name="Shape">Seen from above.</param>
/// <param name="Outline">All of it in pixels of the plate, hidden parts too, down to its foot; 3 to 256 points.</param>
/// <param name="Height">Metres from foot to top, 2 to 500.</param>
/// <param name="Depth">Metres from front to back of a block, 1 to 200.</param>
/// <param name="Wall">Thickness of walls in metres, 0.05 to 5.</param>
/// <param name="Storey">Metres from floor to floor, 2 to 20.</param>
/// <param name="Material">What it is built of.</param>
/// <param name="Front">Its faces, when a block is seen at an angle; null when its front is the outline and faces the camera.</param>
public sealed record CollapseBuilding(BuildingShape Shape, IReadOnlyList<Vector2> Outline, double Height, double Depth, double Wall, double Storey, BuildingMaterial Material, CollapseFront? Front = null)
{
    /// <summary>Whether the outline is brought to the picture's own edges, see <see cref="OutlineSnap"/>.</summary>
    public bool Snaps { get; init; } = true;

    /// <summary>The outline brought to the picture's edges: what is seen of the building; null where that is not known, or the same.</summary>
    public IReadOnlyList<Vector2>? Silhouette { get; init; }

    /// <summary>What is seen of the building, as far as is known.</summary>
    public IReadOnlyList<Vector2> Seen => Silhouette ?? Outline;
}

/// <summary>How it falls.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Start">The first frame that is not the plate, 2 and up; 1 of a removal.</param>
/// <param name="At">Where it gives way, as a share of its height, 0 to 1.</param>
/// <param name="ToRight">To which side it topples or slides.</param>
/// <param name="Strength">What holds pieces together, in their own weights, 0 to 10,000.</param>
/// <param name="Pieces">Pieces it breaks into, 8 to 2,000.</param>
/// <param name="Point">Where a blast is seen, in pixels: it goes off there, half-way through the building's depth; null for the building's middle at the height of <paramref name="At"/>.</param>
public sealed record CollapseFailure(FailureKind Kind, int Start, double At, bool ToRight, double Strength, int Pieces, Vector2? Point = null);

/// <summary>Light of the plate.</summary>
/// <param name="Azimuth">Degrees from the camera's view: 0 behind the building, 90 at the right, 180 behind the camera.</param>
/// <param name="Elevation">Degrees above the horizon, 2 to 90.</param>
/// <param name="Sun">Strength of the sun, 0 to 20.</param>
/// <param name="Sky">Strength of the sky, 0 to 5.</param>
public sealed record CollapseLight(double Azimuth, double Elevation, double Sun, double Sky);

/// <summary>A building in a plate and how it comes down; see docs/collapse.md.</summary>
/// <param name="Frames">Frames of the shot, 3 to 2,000; 0 for as many as the plate has, see <see cref="CollapseFit.Timed"/>.</param>
/// <param name="Rate">Frames a second, 12 to 120; 0 for the plate's.</param>
/// <param name="Seed">What chance is made from.</param>
/// <param name="Camera">The plate's camera.</param>
/// <param name="Building">The building.</param>
/// <param name="Foreground">Outlines, in pixels, of what stands before the building and stays.</param>
/// <param name="Failure">How it falls.</param>
/// <param name="Light">The plate's light.</param>
/// <param name="Dust">How much dust, 0 for none, 1 as usual, at most 4.</param>
public sealed record CollapseScene(int Frames, double Rate, int Seed, CollapseCamera Camera, CollapseBuilding Building, IReadOnlyList<IReadOnlyList<Vector2>> Foreground,
    CollapseFailure Failure, CollapseLight Light, double Dust)
{
    /// <summary>The frame that outlines and camera are given in, from 1; 0 for the one in which the building gives way.</summary>
    public int Reference { get; init; }

    /// <summary>What moves before the building.</summary>
    public IReadOnlyList<MovingForeground> Moving { get; init; } = [];

    /// <summary>Whether the building is taken out and nothing falls.</summary>
    public bool IsRemoval => Failure.Kind == FailureKind.Remove;

    /// <summary>The frame that outlines and camera are given in, from 1.</summary>
    public int ReferenceFrame => Reference > 0 ? Reference : Failure.Start;
}
