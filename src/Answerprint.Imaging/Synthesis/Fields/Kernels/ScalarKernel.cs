namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>The specification of the other kernels.</summary>
internal readonly unsafe struct ScalarKernel : IPatchKernel
{
    public static long Distance(in PatchShape shape, nint target, nint source, long limit) =>
        Rectangle(shape, target, source, shape.Size, shape.Size);

    public static long Rectangle(in PatchShape shape, nint target, nint source, int width, int height)
    {
        long total = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            for (int y = 0; y < height; y++)
            {
                byte* t = shape.Target[plane] + target + y * shape.TargetRow, s = shape.Source[plane] + source + y * shape.SourceRow;
                for (int i = 0; i < width * FeatureLayout.PlaneBytes; i++)
                {
                    long difference = t[i] - s[i];
                    total += difference * difference * shape.Weights[plane * FeatureLayout.PlanePairs + i % FeatureLayout.PlaneBytes / 2];
                }
            }
        }
        return total;
    }
}
