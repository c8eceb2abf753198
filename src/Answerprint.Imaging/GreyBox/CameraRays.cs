namespace Answerprint.Imaging.GreyBox;

/// <summary>The rays of a camera's pixels.</summary>
internal sealed class CameraRays
{
    private readonly Vector3D forward, right, up, position;
    private readonly double perPixel;
    private readonly int width, height;

    internal CameraRays(SceneCamera camera, int width, int height)
    {
        (this.width, this.height, position) = (width, height, camera.Position);
        forward = (camera.Target - camera.Position).Normalised();
        right = forward.Cross(new Vector3D(0, 1, 0));
        // Straight up or down there is no right; take the scene's.
        right = right.Length < 1e-6 ? new Vector3D(1, 0, 0) : right.Normalised();
        up = right.Cross(forward);
        perPixel = camera.SensorWidthMm / camera.FocalLengthMm / width;
    }

    internal Vector3D Forward => forward;

    /// <summary>The ray through a place of the picture; whole numbers and a half are the middles of pixels.</summary>
    internal Ray At(double x, double y) =>
        new(position, (forward + right * ((x - width / 2.0) * perPixel) + up * ((height / 2.0 - y) * perPixel)).Normalised());
}
