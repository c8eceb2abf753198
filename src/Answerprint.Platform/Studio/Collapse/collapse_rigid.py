"""Keeps what hangs together rigid. Glue between rigid bodies gives: many small gaps add up, and a wall bends like cloth. Masonry does not bend; it holds, and then it cracks.

From the solver's poses: bonds that have opened are broken for good; pieces that bonds still join are moved as one body (the rigid motion nearest to theirs, Kabsch 1976); where that is too far from
what the solver says, the bond that is strained most breaks. So strain gathers in cracks, and between them there are blocks.
"""

import numpy

# Metres a bond may open, and radians it may turn, before it is broken.
OPEN, TURN = 0.07, 0.07
# Metres, as a share of the building's height, that a rigid group may be away from what the solver says.
AWAY = 0.012
# Metres that a piece may want to be away from a group that still stands.
HELD = 0.04
# How much of a jump at a break is left a frame later.
FADE = 0.45


def matrices(turns):
    """Quaternions (w, x, y, z) as matrices."""
    w, x, y, z = (turns[..., k] for k in range(4))
    rows = [[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)], [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)], [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]]
    return numpy.stack([numpy.stack(row, axis=-1) for row in rows], axis=-2)


def quaternion(matrix):
    """A rotation as (w, x, y, z), by the greatest of its four parts (Shepperd 1978)."""
    m, trace = matrix, matrix[0, 0] + matrix[1, 1] + matrix[2, 2]
    parts = [1 + trace, 1 + 2 * m[0, 0] - trace, 1 + 2 * m[1, 1] - trace, 1 + 2 * m[2, 2] - trace]
    most = int(numpy.argmax(parts))
    if most == 0:
        result = [parts[0], m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]]
    elif most == 1:
        result = [m[2, 1] - m[1, 2], parts[1], m[1, 0] + m[0, 1], m[2, 0] + m[0, 2]]
    elif most == 2:
        result = [m[0, 2] - m[2, 0], m[1, 0] + m[0, 1], parts[2], m[2, 1] + m[1, 2]]
    else:
        result = [m[1, 0] - m[0, 1], m[2, 0] + m[0, 2], m[2, 1] + m[1, 2], parts[3]]
    return numpy.array(result) / numpy.linalg.norm(result)


def angles(first, second):
    """Radians between rotations."""
    return numpy.arccos(numpy.clip((numpy.einsum("...ij,...ij->...", first, second) - 1) / 2, -1, 1))


class Rigid:
    def __init__(self, pieces, ties, height):
        self.rest = numpy.array([piece.middle for piece in pieces])
        self.mass = numpy.array([piece.mass for piece in pieces])
        self.size = numpy.array([piece.size for piece in pieces])
        self.held = numpy.array([piece.held for piece in pieces])
        self.ends = numpy.array([(tie.first, tie.second) for tie in ties], int).reshape(-1, 2)
        self.anchors = numpy.array([tie.place for tie in ties]).reshape(-1, 3)
        self.whole = numpy.ones(len(ties), bool)
        self.away = max(0.08, AWAY * height)

    def groups(self):
        """A number for each piece: the least piece that whole bonds join it to."""
        label, ends = numpy.arange(len(self.rest)), self.ends[self.whole]
        while True:
            before = label.copy()
            least = numpy.minimum(label[ends[:, 0]], label[ends[:, 1]])
            numpy.minimum.at(label, ends[:, 0], least)
            numpy.minimum.at(label, ends[:, 1], least)
            label = label[label]
            if (label == before).all():
                return label

    def standing(self, label, frame):
        """Which pieces hang on one that is held."""
        return numpy.isin(label, label[self.held > frame])

    def fit(self, members, places, turns, frame):
        """The rigid motion of a group: rotation and place of what lay at the origin. What still stands does not move at all."""
        if (self.held[members] > frame).any():
            return numpy.eye(3), numpy.zeros(3)
        if len(members) == 1:
            return turns[members[0]], places[members[0]] - turns[members[0]] @ self.rest[members[0]]
        weight = self.mass[members] / self.mass[members].sum()
        from_middle, to_middle = weight @ self.rest[members], weight @ places[members]
        spread = numpy.einsum("k,ki,kj->ij", weight, places[members] - to_middle, self.rest[members] - from_middle)
        spread += numpy.einsum("k,kij->ij", weight * (0.3 * self.size[members]) ** 2, turns[members])
        u, _, v = numpy.linalg.svd(spread)
        rotation = u @ numpy.diag([1, 1, numpy.sign(numpy.linalg.det(u @ v))]) @ v
        return rotation, to_middle - rotation @ from_middle

    def strain(self, places, turns):
        """How far each bond has opened, as a share of what it bears."""
        first, second = self.ends[:, 0], self.ends[:, 1]
        gap = numpy.einsum("kij,kj->ki", turns[first], self.anchors - self.rest[first]) + places[first] - numpy.einsum("kij,kj->ki", turns[second], self.anchors - self.rest[second]) - places[second]
        return numpy.maximum(numpy.linalg.norm(gap, axis=1) / OPEN, angles(turns[first], turns[second]) / TURN)

    def motions(self, label, places, turns, frame):
        """For each piece the motion of its group, and how far it is from its own."""
        rotations, shifts = numpy.empty_like(turns), numpy.empty_like(places)
        for name in numpy.unique(label):
            members = numpy.flatnonzero(label == name)
            rotations[members], shifts[members] = self.fit(members, places, turns, frame)
        shown = numpy.einsum("kij,kj->ki", rotations, self.rest) + shifts
        return shown, rotations, numpy.linalg.norm(shown - places, axis=1) + 0.3 * self.size * angles(rotations, turns)

    def settle(self, places, turns):
        """Poses as they are shown, from poses of all frames as the solver left them: places, and quaternions."""
        places, turns = numpy.array(places, float), matrices(numpy.array(turns, float))
        shown, spins = places.copy(), numpy.empty((*places.shape[:2], 4))
        label, jump = self.groups(), numpy.zeros_like(places[0])
        for frame in range(len(places)):
            strain = self.strain(places[frame], turns[frame])
            before, old = label, None
            if (self.whole & (strain > 1)).any():
                old = self.motions(label, places[frame], turns[frame], frame + 1)
                self.whole &= strain <= 1
                label = self.groups()
            here = self.motions(label, places[frame], turns[frame], frame + 1)
            for _ in range(40):
                far = here[2] > numpy.where(self.standing(label, frame + 1), HELD, self.away)
                if not far.any():
                    break
                old = old or here
                open_now, group = self.whole.copy(), label[self.ends[:, 0]]
                broken = False
                for name in numpy.unique(label[far]):
                    inside = open_now & (group == name)
                    if inside.any():
                        most = strain[inside].max()
                        self.whole[inside & (strain >= 0.8 * most)] = False
                        broken = True
                if not broken:
                    break
                label = self.groups()
                here = self.motions(label, places[frame], turns[frame], frame + 1)
            jump *= FADE
            if old is not None:
                jump[label != before] = (jump + old[0] - here[0])[label != before]
            shown[frame] = here[0] + jump
            for k, rotation in enumerate(here[1]):
                spins[frame, k] = quaternion(rotation)
        return shown, spins, label


def openings(pieces, touching, places, turns):
    """For each frame and piece how wide the widest of its cracks is, in metres."""
    rest, result = numpy.array([piece.middle for piece in pieces]), numpy.zeros(places.shape[:2])
    first, second = (numpy.array([getattr(tie, side) for tie in touching], int) for side in ("first", "second"))
    anchors, turns = numpy.array([tie.place for tie in touching]).reshape(-1, 3), matrices(turns)
    for frame in range(len(places)):
        ends = [numpy.einsum("kij,kj->ki", turns[frame][side], anchors - rest[side]) + places[frame][side] for side in (first, second)]
        gaps = numpy.linalg.norm(ends[0] - ends[1], axis=1)
        numpy.maximum.at(result[frame], first, gaps)
        numpy.maximum.at(result[frame], second, gaps)
    return result
