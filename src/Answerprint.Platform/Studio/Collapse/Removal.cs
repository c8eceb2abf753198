using Answerprint.Imaging.Destruction;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A building is taken out of its plate and nothing falls: every frame is the plate with the clean plate where the building was. No 3D program is needed, and no camera known.</summary>
/// <param name="scene">What goes, at the size that is made.</param>
/// <param name="plate">The plate at that size.</param>
/// <param name="effort">Size, layers and threads.</param>
/// <param name="compute">Where the work is done.</param>
internal sealed class Removal(CollapseScene scene, CollapsePlate plate, CollapseEffort effort, Func<Action, CancellationToken, Task> compute)
{
    /// <param name="finished">What is known of a frame that is there already.</param>
    /// <param name="done">Takes each frame, in order.</param>
    /// <param name="report">How far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CollapseMade> RunAsync(Func<int, string, CollapseAccount?> finished, Func<CollapsePicture, Task> done, Action<double, string> report, CancellationToken cancellationToken)
    {
        report(0, "Making the clean plate");
        var ground = await CollapseGround.PrepareAsync(scene, plate, effort.Threads, compute, cancellationToken);
        var frames = new CollapseIdentity("", scene.Failure.Kind.ToString()).Frames(scene, effort) + ground.Identity;
        var first = (await plate.FrameAsync(0, cancellationToken)).Picture;
        CollapseComposite? composite = null;
        await compute(() => composite = new CollapseComposite(first, plate.Format.Curve, (ulong)scene.Seed, effort.Threads), cancellationToken);
        var nothing = Nothing(plate.Width * plate.Height);
        var accounts = new CollapseAccount[scene.Frames];
        for (var index = 0; index < scene.Frames; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (source, number) = (await plate.FrameAsync(index, cancellationToken), index + 1);
            var key = CollapseIdentity.Frame(frames, source.Picture);
            if (finished(number, key) is { } known)
            {
                accounts[index] = known;
                continue;
            }
            var matter = await ground.FrameAsync(index, cancellationToken);
            CollapsePicture? made = null;
            await compute(() =>
            {
                var parts = effort.Layers ? new CollapseParts(plate.Width, plate.Height) : null;
                var picture = composite!.Make(matter, nothing, default, number, out var account, parts);
                made = new CollapsePicture(number, picture, source, account, key, parts is null ? null : new CollapseLayerSet(parts, null, null, null));
            }, cancellationToken);
            accounts[index] = made!.Account;
            await done(made);
            report(0.3 + 0.7 * number / scene.Frames, $"Taking the building out, frame {number} of {scene.Frames}");
        }
        return new CollapseMade(scene, plate.Width, plate.Height, TimeSpan.Zero, accounts);
    }

    /// <summary>Layers of a rendering in which nothing is, and nothing throws a shadow.</summary>
    private static CollapseLayers Nothing(int area)
    {
        var layers = new CollapseLayers(new float[4 * area], new float[area], new float[area], new float[3 * area]);
        Array.Fill(layers.Shadow, 1);
        return layers;
    }
}
