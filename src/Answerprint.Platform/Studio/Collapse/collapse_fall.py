"""How the building comes down: rigid bodies glued in blocks, which break from each other and then in pieces."""

import math
import random

import bmesh
import bpy
from mathutils import Vector, kdtree, noise

import collapse_form as form

# Metres: corners of two pieces nearer than this are where they touch.
NEAR = 0.03
# Metres: the ground, as a body.
DEEP = 40
# Frames that a blast pushes; the strength of a field that pushes with a newton; and the metres a second that it gives at most.
BLAST, PUSH, FLUNG = 4, 20, 22
# How much smaller than the piece its body is: broken faces interlock, and hulls of neighbours must not begin inside each other. The first where a piece fills its hull; a floor with a wall on it fills
# less, and would keep others far from itself. What gives way is crushed, and makes room.
LEAST, MOST, CRUSHED = 0.72, 0.94, 0.45
# Seconds, at most, that a storey takes to give way from one side to the other.
SPREAD = 0.4
# Metres, about, between the cracks that part what it carried; and what holds across them, as a share of what holds elsewhere.
PART, TORN = 4.0, 0.06


class Piece:
    """One piece: `mesh` is what is seen, counted from `middle`, where it stands at rest; `entry` is its body."""

    def __init__(self, made, materials, density):
        self.corners = [vertex.co.copy() for vertex in made.verts]
        self.low = Vector(min(corner[k] for corner in self.corners) for k in range(3))
        self.high = Vector(max(corner[k] for corner in self.corners) for k in range(3))
        self.middle = sum(self.corners, Vector()) / len(self.corners)
        self.points = [corner - self.middle for corner in self.corners]
        self.size = max(self.high - self.low)
        self.volume = abs(made.calc_volume())
        self.mass = max(1.0, self.volume * density)
        for vertex, point in zip(made.verts, self.points):
            vertex.co = point
        self.mesh = form.finished(made, "piece")
        for material in materials:
            self.mesh.materials.append(material)
        self.block, self.hold, self.held = 0, 1.0, 0
        self.entry = None

    def body(self, crushed):
        """The hull alone, without the floors and walls that it spans."""
        made = bmesh.new()
        for point in self.points:
            made.verts.new(point)
        hull = bmesh.ops.convex_hull(made, input=made.verts)
        bmesh.ops.delete(made, geom=list({*hull["geom_interior"], *hull["geom_unused"]}), context="VERTS")
        filled = (self.volume / max(1e-6, abs(made.calc_volume()))) ** (1 / 3)
        size = CRUSHED if crushed else min(MOST, max(LEAST, filled))
        for vertex in made.verts:
            vertex.co *= size
        self.entry = form.mesh_object("body", form.finished(made, "body"))
        self.entry.location, self.entry.rotation_mode = self.middle, "QUATERNION"
        return self.entry


class Bond:
    """Where two pieces were one: `place` is the middle of what they share."""

    def __init__(self, first, second, place, count):
        self.first, self.second, self.place, self.count = first, second, place, count


def bonds(pieces):
    """Pieces that share three corners or more."""
    tree = kdtree.KDTree(sum(len(piece.corners) for piece in pieces))
    owners, places = [], []
    for k, piece in enumerate(pieces):
        for corner in piece.corners:
            tree.insert(corner, len(owners))
            owners.append(k)
            places.append(corner)
    tree.balance()
    shared = {}
    for k, (owner, corner) in enumerate(zip(owners, places)):
        for other in sorted({owners[i] for _, i, _ in tree.find_range(corner, NEAR)}):
            if other > owner:
                shared.setdefault((owner, other), []).append(corner)
    return [Bond(first, second, sum(corners, Vector()) / len(corners), len(corners)) for (first, second), corners in sorted(shared.items()) if len(corners) >= 3]


def blocks(pieces, ties):
    """Gives each piece a block: those that hang together and lie near each other. Returns the piece in the middle of each."""
    near = [[] for _ in pieces]
    for tie in ties:
        near[tie.first].append(tie.second)
        near[tie.second].append(tie.first)
    order, taken, hubs = list(range(len(pieces))), [False] * len(pieces), []
    random.shuffle(order)
    for start in order:
        if taken[start]:
            continue
        # Some blocks are large, many are small.
        most, members, open_ends = random.choice((1, 2, 4, 6, 9, 14)), [], [start]
        middle = pieces[start].middle
        while open_ends and len(members) < most:
            open_ends.sort(key=lambda k: ((pieces[k].middle - middle).length, k))
            piece = open_ends.pop(0)
            if taken[piece]:
                continue
            taken[piece] = True
            members.append(piece)
            open_ends.extend(k for k in near[piece] if not taken[k])
        total = sum((pieces[k].middle * pieces[k].mass for k in members), Vector()) / sum(pieces[k].mass for k in members)
        for k in members:
            pieces[k].block = len(hubs)
        hubs.append(min(members, key=lambda k: ((pieces[k].middle - total).length / math.sqrt(pieces[k].mass), k)))
    return hubs


def slope(job, place, low, high):
    """How far a place is above the slope that a building shears along, down to the side that it falls to."""
    return place.z - job["failure"]["height"] * high.z + 0.8 * (place.x - (low.x + high.x) / 2) * job["failure"]["side"]


def weak(job, piece, low, high):
    """Whether a piece is where the building gives way: nothing glues it."""
    failure, middle = job["failure"], piece.middle
    level = failure["height"] * high.z
    if failure["kind"] == "pancake":
        # A storey gives way all around: no long piece goes on carrying through it.
        return abs(middle.z - level) < 0.10 * high.z or (piece.low.z < level - 0.04 * high.z and piece.high.z > level + 0.04 * high.z and piece.high.z - piece.low.z < 0.5 * high.z)
    if failure["kind"] == "topple":
        return abs(middle.z - level) < 0.09 * high.z and (middle.x - (low.x + high.x) / 2) * failure["side"] > -0.1 * (high.x - low.x)
    if failure["kind"] == "shear":
        return abs(slope(job, middle, low, high)) < 0.07 * high.z
    return (middle - Vector(failure["point"])).length < failure["radius"]


class Spread:
    """How a storey gives way from one side to the other: what it carried leans to where it has gone first, and tears in parts along steep cracks, each of which comes down a little after the one before."""

    def __init__(self, low, high):
        angle = random.uniform(0, 2 * math.pi)
        self.way, self.middle = Vector((math.cos(angle), math.sin(angle), 0)), (low + high) / 2
        self.reach = max(0.1, abs(self.way.x) * (high.x - low.x) / 2 + abs(self.way.y) * (high.y - low.y) / 2)
        self.seconds = min(SPREAD, 0.05 * self.reach)
        count = min(4, max(1, round(2 * self.reach / PART)))
        # The place of each crack along the way, and how far it leans.
        self.cracks = [((k + 1 + random.uniform(-0.25, 0.25)) / (count + 1), random.uniform(-0.35, 0.35) / self.reach) for k in range(count)]

    def share(self, place):
        """Which part of the way a place is at, 0 to 1."""
        return min(1.0, max(0.0, 0.5 + 0.5 * (place - self.middle).dot(self.way) / self.reach))

    def part(self, place):
        """The number of the part that a place belongs to, from 0."""
        rough = 0.12 * noise.noise(place * 0.5)
        return sum(self.share(place) + rough > at + lean * (place.z - self.middle.z) for at, lean in self.cracks)

    def late(self, part):
        """Seconds after the first part that another comes down."""
        return self.seconds * part / (len(self.cracks) + 1)


def released(job, piece, fails, low, high, spread):
    """The frame from which a piece may move: failing spreads, and what stands below a falling floor stands until that comes."""
    failure, start = job["failure"], job["failure"]["start"]
    level = failure["height"] * high.z
    if failure["kind"] == "pancake":
        below = max(0.0, level - 0.08 * high.z - piece.high.z)
        seconds = math.sqrt(2 * below / 9.81) if below else 0.02 * abs(noise.noise(piece.middle)) * high.z / 10
        seconds += spread.seconds * spread.share(piece.middle) if fails else spread.late(spread.part(piece.middle))
    elif failure["kind"] == "blast":
        seconds = max(0.0, (piece.middle - Vector(failure["point"])).length - failure["radius"]) / 40
    elif failure["kind"] == "shear":
        # What the upper part slides off stands until it has gone.
        seconds = 0.8 if slope(job, piece.middle, low, high) < 0 else 0
    else:
        seconds = 0
    return min(start + round(seconds * job["rate"]), job["frames"])


def set_up(job, pieces, low, high):
    """Bodies and glue in the scene. Returns all bonds, and those of them that hold at first."""
    scene, frames = bpy.context.scene, job["frames"]
    bpy.ops.rigidbody.world_add()
    world = scene.rigidbody_world
    # What joins these collections becomes a body or a bond; the operators for it look at the whole scene each time.
    world.collection, world.constraints = bpy.data.collections.new("bodies"), bpy.data.collections.new("glue")
    world.substeps_per_frame, world.solver_iterations, world.point_cache.frame_end = max(4, round(300 / job["rate"])), 30, frames
    world.use_split_impulse = True

    def body(entry, kind, shape, mass, friction):
        world.collection.objects.link(entry)
        made = entry.rigid_body
        made.type, made.collision_shape, made.mass, made.friction, made.restitution = kind, shape, mass, friction, 0.05
        made.use_margin, made.collision_margin, made.linear_damping, made.angular_damping = True, 0.004, 0.0, 0.12
        return made

    bpy.ops.mesh.primitive_plane_add(size=600, location=(0, job["building"]["distance"], 0))
    ground = bpy.context.active_object
    ground.name, ground.is_shadow_catcher = "ground", True
    # As thick as it is, nothing is pressed through it.
    bpy.ops.mesh.primitive_cube_add(size=1, location=(0, job["building"]["distance"], -DEEP / 2), scale=(600, 600, DEEP))
    soil = bpy.context.active_object
    soil.name = "soil"
    body(soil, "PASSIVE", "BOX", 1, 0.9)
    failure = job["failure"]
    failing = [weak(job, piece, low, high) for piece in pieces]
    spread = Spread(low, high)
    for piece, fails in zip(pieces, failing):
        crushed = fails and failure["kind"] in ("topple", "pancake")
        # A splinter does not take the whole of a blast's push.
        weight = max(piece.mass, failure["force"] * BLAST / (job["rate"] * FLUNG)) if failure["kind"] == "blast" else piece.mass
        made = body(piece.body(crushed), "ACTIVE", "CONVEX_HULL", weight, 0.25 if crushed else 0.05 if fails and failure["kind"] == "shear" else 0.65)
        if piece.high.z < failure["stays"] * high.z:
            made.type, piece.held = "PASSIVE", frames + 1
            continue
        piece.held = released(job, piece, fails, low, high, spread)
        made.kinematic = True
    touching = bonds(pieces)
    ties = [tie for tie in touching if not failing[tie.first] and not failing[tie.second]]
    if failure["kind"] == "shear":
        above = [slope(job, piece.middle, low, high) > 0 for piece in pieces]
        ties = [tie for tie in ties if above[tie.first] == above[tie.second]]
    whole = [tie for tie in ties if spread.part(pieces[tie.first].middle) == spread.part(pieces[tie.second].middle)] if failure["kind"] == "pancake" else ties
    hubs = blocks(pieces, whole)
    step = 1 / (job["rate"] * world.substeps_per_frame)

    def glue(one, other, place, hold, kind="FIXED"):
        tie = bpy.data.objects.new("glue", None)
        tie.location = place
        scene.collection.objects.link(tie)
        world.constraints.objects.link(tie)
        bond = tie.rigid_body_constraint
        bond.type, bond.object1, bond.object2, bond.use_breaking, bond.disable_collisions = kind, one.entry, other.entry, True, True
        bond.breaking_threshold = hold * failure["strength"] * min(one.mass, other.mass) * 9.81 * step

    # In stages: first the building comes apart in blocks, then, where they strike, the blocks in pieces. Every piece hangs on its block's middle one, and blocks on each other by theirs: bonds from
    # neighbour to neighbour add up, and a wall would bend.
    def hinge(place):
        """What a tower turns on as it topples gives way to the turning, and holds longer than the rest."""
        level, across = failure["height"] * high.z, (place.x - (low.x + high.x) / 2) * failure["side"]
        return failure["kind"] == "topple" and across < 0 and abs(place.z - level) < 0.15 * high.z

    joined = {}
    for tie in ties:
        one, other = pieces[tie.first], pieces[tie.second]
        if one.block != other.block:
            joined.setdefault((min(one.block, other.block), max(one.block, other.block)), []).append(tie)
    for k, piece in enumerate(pieces):
        hub = hubs[piece.block]
        if k != hub:
            glue(piece, pieces[hub], (piece.middle + pieces[hub].middle) / 2, random.uniform(1.2, 4))
    for (one, other), shared in sorted(joined.items()):
        place = sum((tie.place for tie in shared), Vector()) / len(shared)
        turns = hinge(place)
        torn = failure["kind"] == "pancake" and spread.part(pieces[hubs[one]].middle) != spread.part(pieces[hubs[other]].middle)
        glue(pieces[hubs[one]], pieces[hubs[other]], place, (1.0 if turns else 0.8) * (TORN if torn else 1) * len(shared), "POINT" if turns else "FIXED")
    if failure["kind"] == "blast":
        bpy.ops.object.effector_add(type="FORCE", location=failure["point"])
        force = bpy.context.active_object
        force.name = "blast"
        # It is spent on what is near.
        force.field.falloff_power, force.field.use_min_distance, force.field.distance_min = 1, True, failure["radius"]
        force.field.use_max_distance, force.field.distance_max = True, 5 * failure["radius"]
        force.field.strength = 0
    return touching, ties


def push(job, frame):
    """How strong a blast is in a frame, as a field's strength."""
    start = job["failure"]["start"]
    return PUSH * job["failure"]["force"] if start <= frame < start + BLAST else 0


def play(job, pieces, told):
    """
    Plays the fall once: for each frame where every piece is, and how it is turned. `told` gets the share that is done. What changes with time is set frame by frame and keyed for an artist afterwards:
    keys are evaluated beside the bodies' step, now before it and now after, and the same job would not always fall alike.
    """
    places, turns, blast = [], [], bpy.data.objects.get("blast")
    for frame in range(1, job["frames"] + 1):
        for piece in pieces:
            if piece.held == frame:
                piece.entry.rigid_body.kinematic = False
        if blast is not None and blast.field.strength != push(job, frame):
            blast.field.strength = push(job, frame)
        bpy.context.scene.frame_set(frame)
        places.append([piece.entry.matrix_world.to_translation() for piece in pieces])
        turns.append([piece.entry.matrix_world.to_quaternion() for piece in pieces])
        told(frame / job["frames"])
    bpy.context.scene.frame_set(1)
    keyed(job, pieces, blast)
    return places, turns


def keyed(job, pieces, blast):
    """So that the fall can be played again in the file."""
    def key(target, name, values):
        for frame, value in values:
            setattr(target, name, value)
            target.keyframe_insert(name, frame=max(1, frame))

    for piece in pieces:
        if piece.entry.rigid_body.type == "ACTIVE":
            key(piece.entry.rigid_body, "kinematic", ((1, True), (piece.held - 1, True), (piece.held, False)))
    if blast is not None:
        start = job["failure"]["start"]
        key(blast.field, "strength", [(frame, push(job, frame)) for frame in (start - 1, start, start + BLAST - 1, start + BLAST)])
