using System.Text.Json;
using System.Text.Json.Serialization;

namespace Answerprint.Web.Promotion;

/// <summary>Why a picture looks as it does, as the recipe recorded it.</summary>
public sealed record ArtworkStory
{
    public string Source { get; init; } = "";

    public Guid? SourceId { get; init; }

    public int Frame { get; init; }

    public double Seconds { get; init; }

    public double Score { get; init; }

    public string Summary { get; init; } = "";

    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    public CropStory? Crop { get; init; }

    public double Enlargement { get; init; }

    public string Title { get; init; } = "";

    public string Treatment { get; init; } = "";

    public IReadOnlyList<string> Lines { get; init; } = [];

    public double Contrast { get; init; }

    /// <summary>Empty where the record is not of this form: older versions of the recipe may have said less.</summary>
    public static ArtworkStory Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ArtworkStory>(json, JsonSerializerOptions.Web) ?? new ArtworkStory();
        }
        catch (JsonException)
        {
            return new ArtworkStory();
        }
    }
}

/// <summary>One aspect of the score.</summary>
public sealed record Judgement([property: JsonPropertyName("aspect")] string Aspect, double Value, double Weight, string Reason);

/// <summary>The part of the frame that is shown, in its pixels.</summary>
public sealed record CropStory(int X, int Y, int Width, int Height, string Reason);
