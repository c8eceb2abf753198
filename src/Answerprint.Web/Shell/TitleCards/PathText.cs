namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Writes the few shapes that cards use as SVG path data.</summary>
internal static class PathText
{
    public static string Circle(double x, double y, double r) =>
        $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(2 * r)} 0a{N(r)} {N(r)} 0 1 0 {N(-2 * r)} 0Z";

    /// <summary>The upper half of a disc that stands on y.</summary>
    public static string Dome(double x, double y, double r) => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 0 1 {N(2 * r)} 0Z";

    public static string Rect(double x, double y, double width, double height) => $"M{N(x)} {N(y)}h{N(width)}v{N(height)}h{N(-width)}Z";

    public static string Polygon(params ReadOnlySpan<(double X, double Y)> points)
    {
        var text = new System.Text.StringBuilder("M");
        foreach (var (x, y) in points)
        {
            text.Append(text.Length == 1 ? "" : "L").Append(N(x)).Append(' ').Append(N(y));
        }
        return text.Append('Z').ToString();
    }

    public static string N(double value) => Math.Round(value, 1).ToString("0.#");
}
