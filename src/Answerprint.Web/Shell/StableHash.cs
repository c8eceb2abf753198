using System.Text;

namespace Answerprint.Web.Shell;

/// <summary>FNV-1a (Fowler, Noll, Vo) over UTF-8 with a final mix (Wellons, lowbias32): the same look for the same words on every machine and every day.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 16777619u;
        }
        hash ^= hash >> 16;
        hash *= 0x7feb352du;
        hash ^= hash >> 15;
        hash *= 0x846ca68bu;
        hash ^= hash >> 16;
        return hash;
    }
}
