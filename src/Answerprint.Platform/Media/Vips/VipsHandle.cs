using System.Runtime.InteropServices;

namespace Answerprint.Platform.Media.Vips;

/// <summary>Owns one reference to a GObject of libvips: an image or an operation.</summary>
internal sealed class VipsHandle : SafeHandle
{
    public VipsHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        VipsNative.g_object_unref(handle);
        return true;
    }
}
