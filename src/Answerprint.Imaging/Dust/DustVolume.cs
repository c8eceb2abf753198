using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>
/// Dust in air over level ground: a grid of cells with density and velocity, moved by semi-Lagrangian advection and kept free of divergence by projection (Stam, SIGGRAPH 1999), with
/// the eddies that the grid loses put back (Fedkiw, Stam and Jensen, SIGGRAPH 2001). One order of work for any number of threads.
/// </summary>
public sealed class DustVolume
{
    /// <summary>Most cells of a volume.</summary>
    public const int MostCells = 16_000_000;

    private const int Relaxations = 16;
    private const float Omega = 1.7f, Swirl = 0.9f;

    // What a cell can hold; and how hard, in m/s2, dusty air is shaken by eddies smaller than those that sources make.
    private const float Densest = 1.6f, Shake = 14;

    private readonly ParallelOptions threads;
    private float[] density, across, up, front, spareA, spareB, spareC;
    private readonly float[] pressure, divergence;
    private readonly DustNoise noise;
    private float time;

    /// <summary>Still, clear air.</summary>
    /// <param name="corner">The least corner in metres; the ground is at its y.</param>
    /// <param name="cell">Side of a cell in metres, above 0.</param>
    /// <param name="width">Cells in x, 4 or more.</param>
    /// <param name="height">Cells in y, 4 or more.</param>
    /// <param name="depth">Cells in z, 4 or more.</param>
    /// <param name="seed">What its eddies are made from.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is too short, or there are more than <see cref="MostCells"/>.</exception>
    public DustVolume(Vector3 corner, float cell, int width, int height, int depth, ulong seed, int maxDegreeOfParallelism = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cell);
        if (width < 4 || height < 4 || depth < 4 || (long)width * height * depth > MostCells)
            throw new ArgumentOutOfRangeException(nameof(width), $"{width} x {height} x {depth}", $"Sides must be 4 or more and cells at most {MostCells:N0}.");
        (Corner, Cell, Width, Height, Depth) = (corner, cell, width, height, depth);
        threads = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism };
        int cells = width * height * depth;
        (density, across, up, front, spareA, spareB, spareC) = (new float[cells], new float[cells], new float[cells], new float[cells], new float[cells], new float[cells], new float[cells]);
        (pressure, divergence) = (new float[cells], new float[cells]);
        noise = DustNoise.Of(seed, Billow);
    }

    /// <summary>The least corner in metres.</summary>
    public Vector3 Corner { get; }

    /// <summary>Side of a cell in metres.</summary>
    public float Cell { get; }

    /// <summary>Cells in x.</summary>
    public int Width { get; }

    /// <summary>Cells in y.</summary>
    public int Height { get; }

    /// <summary>Cells in z.</summary>
    public int Depth { get; }

    /// <summary>Density of each cell, x fastest, then y, then z; 0 is clear, 1 dense.</summary>
    public ReadOnlySpan<float> Density => density;

    /// <summary>Metres across the largest billows: about a seventh of the air's height, so that a cloud of any size has a dozen or two.</summary>
    internal float Billow => 0.135f * Height * Cell;

    internal float[] DensityField => density;

    /// <summary>Velocities in cells a second.</summary>
    internal float[] Across => across;

    internal float[] Up => up;

    internal float[] Front => front;

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">Length of the step, above 0, at most 1/5 s.</param>
    /// <param name="sources">What gives off dust meanwhile.</param>
    /// <param name="cancellationToken">Stops between the parts of a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is too long.</exception>
    public void Step(float seconds, IReadOnlyList<DustSource> sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (!(seconds > 0 && seconds <= 0.2f))
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A step must be above 0 and at most 0.2 seconds.");
        Array.Clear(divergence);
        foreach (DustSource source in sources)
            Add(source, seconds);
        cancellationToken.ThrowIfCancellationRequested();
        time += seconds;
        Sink(seconds);
        Confine(seconds);
        Project(cancellationToken);
        Advect(across, spareA, seconds, 1);
        Advect(up, spareB, seconds, 1);
        Advect(front, spareC, seconds, 1);
        (across, spareA, up, spareB, front, spareC) = (spareA, across, spareB, up, spareC, front);
        cancellationToken.ThrowIfCancellationRequested();
        // A fiftieth of the dust settles each second.
        Advect(density, spareA, seconds, MathF.Exp(-0.02f * seconds));
        (density, spareA) = (spareA, density);
    }

    private int IndexOf(int x, int y, int z) => (z * Height + y) * Width + x;

    private void Layers(Action<int> layer) => Parallel.For(0, Depth, threads, layer);

    private void Add(DustSource source, float seconds)
    {
        Vector3 centre = (source.Position - Corner) / Cell;
        float radius = Math.Max(source.Radius / Cell, 0.75f);
        Vector3 speed = source.Velocity / Cell;
        for (int z = Math.Max(0, (int)(centre.Z - radius)); z <= Math.Min(Depth - 1, (int)(centre.Z + radius)); z++)
        {
            for (int y = Math.Max(0, (int)(centre.Y - radius)); y <= Math.Min(Height - 1, (int)(centre.Y + radius)); y++)
            {
                for (int x = Math.Max(0, (int)(centre.X - radius)); x <= Math.Min(Width - 1, (int)(centre.X + radius)); x++)
                {
                    float far = (new Vector3(x + 0.5f, y + 0.5f, z + 0.5f) - centre).LengthSquared() / (radius * radius);
                    if (far >= 1)
                        continue;
                    float share = (1 - far) * (1 - far);
                    int i = IndexOf(x, y, z);
                    density[i] += source.Amount * share * seconds * Math.Max(0, 1 - density[i] / Densest);
                    divergence[i] -= source.Expansion * share;
                    float drag = Math.Min(1, 4 * share * seconds);
                    across[i] += drag * (speed.X - across[i]);
                    up[i] += drag * (speed.Y - up[i]);
                    front[i] += drag * (speed.Z - front[i]);
                }
            }
        }
    }

    /// <summary>Dusty air is heavier than clear air: dense clouds fall and run out over the ground, and they are never smooth.</summary>
    private void Sink(float seconds)
    {
        float pull = 2.4f / Cell * seconds, shake = Shake / Cell * seconds;
        var drift = new Vector3(0.7f, -1.1f, 0.5f) * time;
        Layers(z =>
        {
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int i = IndexOf(x, y, z);
                    if (density[i] < 0.02f)
                        continue;
                    float share = Math.Min(1, density[i]);
                    Vector3 force = noise.Force(new Vector3(x, y, z) * Cell + drift) * (shake * share);
                    across[i] += force.X;
                    up[i] += force.Y - pull * share;
                    front[i] += force.Z;
                }
            }
        });
    }

    /// <summary>Pushes towards where the air turns most, at right angles to the axis of the turn.</summary>
    private void Confine(float seconds)
    {
        Layers(z =>
        {
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int i = IndexOf(x, y, z);
                    Vector3 curl = Curl(x, y, z);
                    (spareA[i], spareB[i], spareC[i]) = (curl.X, curl.Y, curl.Z);
                }
            }
        });
        Parallel.For(1, Depth - 1, threads, z =>
        {
            for (int y = 1; y < Height - 1; y++)
            {
                for (int x = 1; x < Width - 1; x++)
                {
                    int i = IndexOf(x, y, z);
                    if (density[i] < 1e-3f)
                        continue;
                    var towards = new Vector3(Turn(i + 1) - Turn(i - 1), Turn(i + Width) - Turn(i - Width), Turn(i + Width * Height) - Turn(i - Width * Height));
                    float length = towards.Length();
                    if (length < 1e-4f)
                        continue;
                    Vector3 push = Vector3.Cross(towards / length, new Vector3(spareA[i], spareB[i], spareC[i])) * (Swirl * seconds);
                    across[i] += push.X;
                    up[i] += push.Y;
                    front[i] += push.Z;
                }
            }
        });
    }

    private float Turn(int i) => new Vector3(spareA[i], spareB[i], spareC[i]).Length();

    private Vector3 Curl(int x, int y, int z)
    {
        int left = IndexOf(Math.Max(x - 1, 0), y, z), right = IndexOf(Math.Min(x + 1, Width - 1), y, z), below = IndexOf(x, Math.Max(y - 1, 0), z), above = IndexOf(x, Math.Min(y + 1, Height - 1), z);
        int back = IndexOf(x, y, Math.Max(z - 1, 0)), ahead = IndexOf(x, y, Math.Min(z + 1, Depth - 1));
        return 0.5f * new Vector3(front[above] - front[below] - up[ahead] + up[back], across[ahead] - across[back] - front[right] + front[left], up[right] - up[left] - across[above] + across[below]);
    }

    /// <summary>Pressure by red-black over-relaxation, from that of the step before; level ground below, open air on the other sides.</summary>
    private void Project(CancellationToken cancellationToken)
    {
        int layer = Width * Height;
        Layers(z =>
        {
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int i = IndexOf(x, y, z);
                    float outX = across[x + 1 < Width ? i + 1 : i] - across[x > 0 ? i - 1 : i], outZ = front[z + 1 < Depth ? i + layer : i] - front[z > 0 ? i - layer : i];
                    float below = y > 0 ? up[i - Width] : -up[i], above = y + 1 < Height ? up[i + Width] : up[i];
                    divergence[i] += 0.5f * (outX + above - below + outZ);
                }
            }
        });
        for (int sweep = 0; sweep < 2 * Relaxations; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Layers(z =>
            {
                for (int y = 0; y < Height; y++)
                {
                    for (int x = (y + z + sweep) & 1, i = IndexOf(x, y, z); x < Width; x += 2, i += 2)
                    {
                        float sum = (x > 0 ? pressure[i - 1] : 0) + (x + 1 < Width ? pressure[i + 1] : 0) + (y > 0 ? pressure[i - Width] : pressure[i])
                            + (y + 1 < Height ? pressure[i + Width] : 0) + (z > 0 ? pressure[i - layer] : 0) + (z + 1 < Depth ? pressure[i + layer] : 0);
                        pressure[i] += Omega * ((sum - divergence[i]) / 6 - pressure[i]);
                    }
                }
            });
        }
        Layers(z =>
        {
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int i = IndexOf(x, y, z);
                    across[i] -= 0.5f * ((x + 1 < Width ? pressure[i + 1] : 0) - (x > 0 ? pressure[i - 1] : 0));
                    up[i] -= 0.5f * ((y + 1 < Height ? pressure[i + Width] : 0) - (y > 0 ? pressure[i - Width] : pressure[i]));
                    front[i] -= 0.5f * ((z + 1 < Depth ? pressure[i + layer] : 0) - (z > 0 ? pressure[i - layer] : 0));
                }
            }
        });
    }

    private void Advect(float[] from, float[] to, float seconds, float keep) => Layers(z =>
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int i = IndexOf(x, y, z);
                to[i] = keep * Sample(from, new Vector3(x + 0.5f - seconds * across[i], y + 0.5f - seconds * up[i], z + 0.5f - seconds * front[i]));
            }
        }
    });

    /// <summary>A field between cells; a place in cells, beyond the volume the value at its edge.</summary>
    internal float Sample(float[] field, Vector3 place)
    {
        float x = Math.Clamp(place.X - 0.5f, 0, Width - 1.001f), y = Math.Clamp(place.Y - 0.5f, 0, Height - 1.001f), z = Math.Clamp(place.Z - 0.5f, 0, Depth - 1.001f);
        int left = (int)x, below = (int)y, back = (int)z, i = IndexOf(left, below, back), layer = Width * Height;
        float fx = x - left, fy = y - below, fz = z - back;
        float a = field[i] + fx * (field[i + 1] - field[i]), b = field[i + Width] + fx * (field[i + Width + 1] - field[i + Width]);
        int j = i + layer;
        float c = field[j] + fx * (field[j + 1] - field[j]), d = field[j + Width] + fx * (field[j + Width + 1] - field[j + Width]);
        a += fy * (b - a);
        c += fy * (d - c);
        return a + fz * (c - a);
    }
}
