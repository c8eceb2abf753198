using Answerprint.Imaging.Motion.Tracking;

namespace Answerprint.Imaging.Tests.Motion.Tracking;

/// <summary>A wall of made-up stones that a camera moves over, with a known truth.</summary>
internal sealed class MovingPlate(int width, int height, int frames, Func<int, Homography> motion)
{
    internal int Width => width;

    internal int Height => height;

    internal int Frames => frames;

    /// <summary>Spread of the grain, in codes.</summary>
    internal double Grain { get; init; }

    /// <summary>Draws over a frame: frame, column, row, what is there.</summary>
    internal Func<int, int, int, float, float>? Over { get; init; }

    /// <summary>Where a place of the first frame lies in a frame.</summary>
    internal Homography Truth(int frame) => motion(frame);

    /// <summary>Luma of a frame, in whole codes.</summary>
    internal float[] Luma(int frame)
    {
        Homography back = motion(frame).Inverse();
        var random = new Random(frame + 1);
        var result = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int part = 0; part < 4; part++)
                {
                    (double u, double v) = back.Apply(x + 0.25 + 0.5 * (part & 1), y + 0.25 + 0.5 * (part >> 1));
                    sum += Wall(u, v) / 4;
                }
                if (Over is not null)
                    sum = Over(frame, x, y, sum);
                double grain = Grain == 0 ? 0 : Grain * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * 1.73;
                result[y * width + x] = (float)Math.Round(Math.Clamp(sum + grain, 0, 255));
            }
        }
        return result;
    }

    /// <summary>Smooth blobs of three sizes, from hashed numbers on a lattice: nothing repeats.</summary>
    internal static float Wall(double x, double y) => (float)(122 + 62 * Blobs(x / 23, y / 19, 1) + 52 * Blobs(x / 8, y / 9, 2) + 34 * Blobs(x / 4.1, y / 4.3, 3));

    private static double Blobs(double x, double y, uint seed)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double u = x - left, v = y - top;
        (u, v) = (u * u * u * (u * (6 * u - 15) + 10), v * v * v * (v * (6 * v - 15) + 10));
        double upper = Value(left, top) + u * (Value(left + 1, top) - Value(left, top)), lower = Value(left, top + 1) + u * (Value(left + 1, top + 1) - Value(left, top + 1));
        return upper + v * (lower - upper);

        double Value(int i, int k)
        {
            uint mixed = (uint)i * 374761393u + (uint)k * 668265263u + seed * 2246822519u;
            mixed = (mixed ^ (mixed >> 13)) * 1274126177u;
            return (mixed ^ (mixed >> 16)) / (double)uint.MaxValue * 2 - 1;
        }
    }

    /// <summary>Mean and worst distance of a track from the truth, over places that both frames show.</summary>
    internal (double Mean, double Worst) Error(CameraTrack track)
    {
        double sum = 0, worst = 0;
        int count = 0;
        Homography toFirst = motion(track.Reference).Inverse();
        for (int frame = 0; frame < frames; frame++)
        {
            Homography truth = motion(frame).After(toFirst);
            for (int y = 4; y < height; y += 12)
            {
                for (int x = 4; x < width; x += 12)
                {
                    (double toX, double toY) = truth.Apply(x, y);
                    if (toX < 0 || toY < 0 || toX > width || toY > height)
                        continue;
                    (double foundX, double foundY) = track.Frames[frame].FromReference.Apply(x, y);
                    double off = Math.Sqrt((toX - foundX) * (toX - foundX) + (toY - foundY) * (toY - foundY));
                    (sum, worst, count) = (sum + off, Math.Max(worst, off), count + 1);
                }
            }
        }
        return (sum / count, worst);
    }

    internal CameraTrackResult Solve(int reference = 0, CameraTrackOptions? options = null) => CameraTracker.Solve(frames, reference, width, height, Luma, options);

    /// <summary>A camera that is held by hand.</summary>
    internal static Homography Shake(int frame)
    {
        var random = new Random(1000 + frame);
        double right = 5 * (random.NextDouble() - 0.5) + 0.9 * frame, down = 5 * (random.NextDouble() - 0.5), turn = 0.01 * (random.NextDouble() - 0.5);
        return frame == 0 ? Homography.Identity : new Homography(Math.Cos(turn), -Math.Sin(turn), right, Math.Sin(turn), Math.Cos(turn), down, 0, 0);
    }
}
