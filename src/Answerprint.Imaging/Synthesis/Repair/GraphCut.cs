namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Minimum cut of a graph whose nodes have up to four neighbours, by two search trees that are kept between augmentations
/// (Boykov and Kolmogorov, PAMI 2004). Capacities are integers, so the cut is the same everywhere.
/// </summary>
internal sealed class GraphCut
{
    private const int None = -1, Terminal = -2, Orphan = -3;

    private int[] neighbours = [];
    private int[] capacities = [];
    private int[] terminals = [];
    private int[] parents = [];
    private int[] times = [];
    private int[] distances = [];
    private int[] nextActive = [];
    private bool[] inSink = [];
    private readonly Queue<int> orphans = new();
    private int count;
    private int firstActive;
    private int lastActive;
    private int time;

    /// <summary>Forgets all and makes room for so many nodes, without neighbours.</summary>
    internal void Reset(int nodes)
    {
        count = nodes;
        if (parents.Length < nodes)
        {
            int size = Math.Max(nodes, 2 * parents.Length);
            (neighbours, capacities) = (new int[4 * size], new int[4 * size]);
            (terminals, parents, times, distances, nextActive) = (new int[size], new int[size], new int[size], new int[size], new int[size]);
            inSink = new bool[size];
        }
        neighbours.AsSpan(0, 4 * nodes).Fill(None);
        capacities.AsSpan(0, 4 * nodes).Clear();
        terminals.AsSpan(0, nodes).Clear();
    }

    /// <summary>Adds what it costs a node to end on the sink's side (positive) or on the source's side (negative).</summary>
    internal void AddTerminal(int node, int cost) => terminals[node] += cost;

    /// <summary>Joins two nodes; slot 0 of one faces slot 1 of the other, and 2 faces 3.</summary>
    /// <param name="node">The first node.</param>
    /// <param name="slot">0 to 3, as seen from the first node.</param>
    /// <param name="other">The second node.</param>
    /// <param name="forth">What it costs when the first is on the source's side and the second on the sink's.</param>
    /// <param name="back">What the other way round costs.</param>
    internal void Join(int node, int slot, int other, int forth, int back)
    {
        neighbours[4 * node + slot] = other;
        neighbours[4 * other + (slot ^ 1)] = node;
        capacities[4 * node + slot] = forth;
        capacities[4 * other + (slot ^ 1)] = back;
    }

    /// <summary>Whether the node is on the sink's side of the cut that <see cref="Solve"/> found; a node that neither tree reached is not.</summary>
    internal bool IsSink(int node) => parents[node] != None && inSink[node];

    internal void Solve()
    {
        firstActive = lastActive = None;
        time = 0;
        orphans.Clear();
        for (int i = 0; i < count; i++)
        {
            nextActive[i] = None;
            (inSink[i], times[i]) = (terminals[i] < 0, 0);
            parents[i] = terminals[i] == 0 ? None : Terminal;
            distances[i] = 1;
            if (terminals[i] != 0)
                Activate(i);
        }
        int current = None;
        while (true)
        {
            int node = current;
            if (node >= 0)
            {
                nextActive[node] = None;
                if (parents[node] == None)
                    node = None;
            }
            if (node < 0 && (node = TakeActive()) < 0)
                return;
            int bridge = inSink[node] ? GrowSink(node) : GrowSource(node);
            time++;
            current = None;
            if (bridge < 0)
                continue;
            // The node stays active: it may reach further.
            nextActive[node] = node;
            current = node;
            Augment(bridge);
            while (orphans.TryDequeue(out int orphan))
                Adopt(orphan);
        }
    }

    private void Activate(int node)
    {
        if (nextActive[node] != None)
            return;
        if (lastActive >= 0)
            nextActive[lastActive] = node;
        else
            firstActive = node;
        lastActive = node;
        nextActive[node] = node;
    }

    private int TakeActive()
    {
        while (firstActive >= 0)
        {
            int node = firstActive, next = nextActive[node];
            if (next == node)
                firstActive = lastActive = None;
            else
                firstActive = next;
            nextActive[node] = None;
            if (parents[node] != None)
                return node;
        }
        return None;
    }

    private int Reverse(int arc) => 4 * neighbours[arc] + (arc & 3 ^ 1);

    private int GrowSource(int node)
    {
        for (int arc = 4 * node; arc < 4 * node + 4; arc++)
        {
            if (capacities[arc] <= 0)
                continue;
            int other = neighbours[arc];
            if (parents[other] == None)
                Attach(other, arc, node, sink: false);
            else if (inSink[other])
                return arc;
            else if (times[other] <= times[node] && distances[other] > distances[node])
                (parents[other], times[other], distances[other]) = (Reverse(arc), times[node], distances[node] + 1);
        }
        return None;
    }

    private int GrowSink(int node)
    {
        for (int arc = 4 * node; arc < 4 * node + 4; arc++)
        {
            int other = neighbours[arc];
            if (other < 0 || capacities[Reverse(arc)] <= 0)
                continue;
            if (parents[other] == None)
                Attach(other, arc, node, sink: true);
            else if (!inSink[other])
                return Reverse(arc);
            else if (times[other] <= times[node] && distances[other] > distances[node])
                (parents[other], times[other], distances[other]) = (Reverse(arc), times[node], distances[node] + 1);
        }
        return None;
    }

    private void Attach(int node, int arc, int parent, bool sink)
    {
        (inSink[node], parents[node], times[node], distances[node]) = (sink, Reverse(arc), times[parent], distances[parent] + 1);
        Activate(node);
    }

    /// <summary>Sends what fits along the path through an arc from the source's tree to the sink's; nodes that are cut off become orphans.</summary>
    private void Augment(int bridge)
    {
        int tail = bridge / 4, head = neighbours[bridge], flow = capacities[bridge], node;
        for (node = tail; parents[node] is var arc && arc != Terminal; node = neighbours[arc])
            flow = Math.Min(flow, capacities[Reverse(arc)]);
        flow = Math.Min(flow, terminals[node]);
        for (node = head; parents[node] is var arc && arc != Terminal; node = neighbours[arc])
            flow = Math.Min(flow, capacities[arc]);
        flow = Math.Min(flow, -terminals[node]);

        capacities[bridge] -= flow;
        capacities[Reverse(bridge)] += flow;
        for (node = tail; parents[node] is var arc && arc != Terminal;)
        {
            capacities[arc] += flow;
            int next = neighbours[arc];
            if ((capacities[Reverse(arc)] -= flow) == 0)
                Cut(node);
            node = next;
        }
        if ((terminals[node] -= flow) == 0)
            Cut(node);
        for (node = head; parents[node] is var arc && arc != Terminal;)
        {
            capacities[Reverse(arc)] += flow;
            int next = neighbours[arc];
            if ((capacities[arc] -= flow) == 0)
                Cut(node);
            node = next;
        }
        if ((terminals[node] += flow) == 0)
            Cut(node);
    }

    private void Cut(int node)
    {
        parents[node] = Orphan;
        orphans.Enqueue(node);
    }

    private void Adopt(int node)
    {
        bool sink = inSink[node];
        int best = None, shortest = int.MaxValue;
        for (int arc = 4 * node; arc < 4 * node + 4; arc++)
        {
            int other = neighbours[arc];
            if (other < 0 || capacities[sink ? arc : Reverse(arc)] <= 0 || inSink[other] != sink || parents[other] == None)
                continue;
            int distance = Origin(other);
            if (distance < shortest)
                (best, shortest) = (arc, distance);
            if (distance < int.MaxValue)
                Mark(other, distance);
        }
        if (best >= 0)
        {
            (parents[node], times[node], distances[node]) = (best, time, shortest + 1);
            return;
        }
        parents[node] = None;
        for (int arc = 4 * node; arc < 4 * node + 4; arc++)
        {
            int other = neighbours[arc];
            if (other < 0 || inSink[other] != sink || parents[other] == None)
                continue;
            if (capacities[sink ? arc : Reverse(arc)] > 0)
                Activate(other);
            if (parents[other] >= 0 && neighbours[parents[other]] == node)
                Cut(other);
        }
    }

    /// <summary>Steps from a node to its terminal; the largest number when it hangs on an orphan.</summary>
    private int Origin(int node)
    {
        for (int distance = 0; ; )
        {
            if (times[node] == time)
                return distance + distances[node];
            int arc = parents[node];
            distance++;
            if (arc == Terminal)
            {
                (times[node], distances[node]) = (time, 1);
                return distance;
            }
            if (arc is Orphan or None)
                return int.MaxValue;
            node = neighbours[arc];
        }
    }

    private void Mark(int node, int distance)
    {
        for (; times[node] != time; node = neighbours[parents[node]])
            (times[node], distances[node]) = (time, distance--);
    }
}
