using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Motion;

/// <summary>Measures the heap, so nothing may run beside it.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
[Collection("alone")]
public sealed class ShotDetectorMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_clip()
    {
        var detector = new ShotDetector();
        byte[] frame = Pictures.Scene(60, 96, 54);
        for (int i = 0; i < 300; i++)
            detector.Push(new PixelView<byte>(frame, PixelLayout.Interleaved(96, 54, 3)), i);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 300; i < 1500; i++)
            detector.Push(new PixelView<byte>(frame, PixelLayout.Interleaved(96, 54, 3)), i);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, -10_000_000, 1_000_000);
        GC.KeepAlive(detector);
    }
}
