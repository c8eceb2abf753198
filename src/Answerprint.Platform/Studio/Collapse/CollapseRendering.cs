using System.Threading.Channels;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Frames of the path tracer; while it renders one, those before it are put together.</summary>
internal sealed class CollapseRendering : IAsyncDisposable
{
    private readonly CollapseBlender blender;
    private readonly CancellationTokenSource stopping;
    private readonly Channel<int> done = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task rendering;

    private CollapseRendering(CollapseBlender blender, int first, int last, Action<int>? passes, Action<int> told, CancellationToken cancellationToken)
    {
        this.blender = blender;
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        rendering = RenderAsync(first, last, passes, told);
    }

    /// <summary>Begins to render the frames from one to another, where they are missing.</summary>
    /// <param name="blender">What was built.</param>
    /// <param name="first">The first frame, from 1.</param>
    /// <param name="last">The last.</param>
    /// <param name="passes">Is told each frame whose normals and ways were rendered, before the pictures are: they take a moment; null where they are not wanted.</param>
    /// <param name="told">Is told each frame that was rendered, by another thread.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static CollapseRendering Start(CollapseBlender blender, int first, int last, Action<int>? passes, Action<int> told, CancellationToken cancellationToken) =>
        new(blender, first, last, passes, told, cancellationToken);

    /// <summary>Waits until a frame is there.</summary>
    /// <exception cref="CollapseException">Blender ended before it was; in words.</exception>
    public async Task WaitAsync(int frame, CancellationToken cancellationToken)
    {
        while (!File.Exists(blender.FrameFile(frame)))
        {
            if (!await done.Reader.WaitToReadAsync(cancellationToken)) throw new CollapseException($"Blender ended and left no frame {frame}");
            done.Reader.TryRead(out _);
        }
    }

    /// <summary>Waits until Blender has ended.</summary>
    public Task CompleteAsync() => rendering;

    /// <summary>Kills what still renders.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        // Whoever waited for a frame was told what went wrong.
        await rendering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task RenderAsync(int first, int last, Action<int>? passes, Action<int> told)
    {
        Exception? failed = null;
        try
        {
            if (passes is not null) await blender.PassesAsync(first, last, passes, stopping.Token);
            await blender.RenderAsync(first, last, Take, stopping.Token);
        }
        catch (Exception error)
        {
            failed = error;
            throw;
        }
        finally
        {
            done.Writer.TryComplete(failed);
        }

        void Take(int frame)
        {
            done.Writer.TryWrite(frame);
            told(frame);
        }
    }
}
