"""Debris between pieces and rubble: lumps that come off where pieces tear and strike, fly, tumble and come to lie on the ground and on the pile.

Their lengths follow a power law, as fragments' do (Turcotte 1986), from where rubble ends to what a wall gives off in one lump. Each is cut from a place in its piece, with what was the outside there on one
side: it leaves from where it was, and shows what it showed.
"""

import math
import random

import bmesh
import numpy
from mathutils import Matrix, Vector, noise

import collapse_form as form
import collapse_grit as grit

# Metres, for a building of 14 m: lengths from and to; and what N(longer) falls with.
LEAST, MOST, POWER = 0.26, 1.3, 1.9
# From this length on a lump has a finer skin.
FINE = 0.5
CORNERS, STEPS, CONTACTS = 13, 8, 3
# How much of a blow comes back, and what holds against sliding.
SPRING, FRICTION = 0.12, 0.7
# Elements are sorted along this way.
ORDER = Vector((1.37, 3.11, 7.3))
# Metres that a corner may be below what it comes down on: deeper, it has come in from the side.
DEEP = 0.45


def spun(turn, spin, seconds):
    """Rotations after turning about an axis for a while (Rodrigues)."""
    angle = numpy.linalg.norm(spin, axis=1) * seconds
    axis = spin * (seconds / numpy.maximum(angle, 1e-9))[:, None]
    zero = numpy.zeros(len(turn))
    cross = numpy.stack([numpy.stack(row, axis=-1) for row in ((zero, -axis[:, 2], axis[:, 1]), (axis[:, 2], zero, -axis[:, 0]), (-axis[:, 1], axis[:, 0], zero))], axis=-2)
    by = numpy.eye(3) + numpy.sin(angle)[:, None, None] * cross + (1 - numpy.cos(angle))[:, None, None] * (cross @ cross)
    return by @ turn


class Chunk:
    """One lump: the piece that it leaves, in which frame, where it lay before the fall, and how long it is."""

    def __init__(self, owner, born, place, size, away):
        self.owner, self.born, self.place, self.size, self.away = owner, born, place, size, away
        self.corners, self.mesh = [], None


class Chunks:
    def __init__(self, job, refiner, pieces, poses, gaps, high, pile):
        self.job, self.refiner, self.pieces, self.poses, self.pile = job, refiner, pieces, poses, pile
        self.rate, self.frames = job["rate"], job["frames"]
        self.kind = job["building"]["material"]
        self.scale = max(0.7, min(2.0, high.z / 14))
        self.chunks, self.middle = [], sum((piece.middle for piece in pieces), Vector()) / len(pieces)
        blows = [entry for k, (pose, gap) in enumerate(zip(poses, gaps)) for entry in self.blows(k, pose, gap)]
        if blows and self.kind != "glass":
            count = min(360, round(1.3 * job["pieces"]), 3 * len(blows))
            for k, frame, speed, low, _ in random.choices(blows, [entry[-1] for entry in blows], k=count):
                self.come_off(k, frame, speed, low)

    def blows(self, k, pose, gap):
        """When and how hard a piece tears and strikes."""
        area = min(10.0, max(0.4, self.pieces[k].size ** 2 / 2))
        for i, speed, blow, tears, strikes in grit.hurts(pose, gap, self.rate):
            if tears:
                yield k, i, speed.length, False, 2.5 * area
            if strikes:
                yield k, i, blow, True, min(blow, 8) * area / 2

    def come_off(self, k, frame, speed, low):
        piece, matrix = self.pieces[k], self.poses[k][frame]
        at = random.choice(piece.points)
        if low:
            at = min((random.choice(piece.points) for _ in range(4)), key=lambda point: (matrix @ point).z)
        size = LEAST * (1 - random.random() * (1 - (LEAST / MOST) ** POWER)) ** (-1 / POWER) * self.scale
        size = min(size, max(LEAST * self.scale, 0.55 * piece.size))
        inwards = min(0.3 * size, 0.4 * at.length)
        self.chunks.append(Chunk(k, frame, piece.middle + at - at.normalized() * inwards if at.length > 1e-6 else piece.middle.copy(), size, min(2.6, 0.35 + 0.3 * speed)))

    def sides(self, size):
        """Half of a lump's length, height and depth."""
        if self.kind == "timber" and random.random() < 0.5:
            # A length of a post or a beam.
            thick = min(0.2, 0.3 * size) * random.uniform(0.4, 0.6)
            return 0.9 * size * random.uniform(0.8, 1.3), thick, thick * random.uniform(0.7, 1.1)
        shape = {"brick": (0.5, 0.36, 0.3), "stone": (0.5, 0.42, 0.36), "concrete": (0.5, 0.42, 0.24)}.get(self.kind, (0.5, 0.36, 0.18))
        return tuple(size * half * random.uniform(0.75, 1.1) for half in shape)

    def shape(self, chunk):
        """Its mesh, in places of the scene before the fall: a chipped hull, flat where it was the building's outside."""
        nearest, normal = self.refiner.outside.find_nearest(chunk.place)[:2]
        deep = (nearest - chunk.place).dot(normal)
        wall = 0 <= deep < self.job["building"]["wall"] and (nearest - chunk.place).length < 1.2 * deep + 0.05
        long, tall, thick = self.sides(chunk.size)
        out = normal if wall else noise.random_unit_vector()
        across = (Vector((0, 0, 1)) if abs(out.z) < 0.9 else Vector((1, 0, 0))).cross(out).normalized()
        turn = random.uniform(0, math.pi)
        first = math.cos(turn) * across + math.sin(turn) * out.cross(across)
        second = out.cross(first)
        if wall:
            # The outside is cut along with it.
            chunk.place = nearest - normal * (0.8 * thick + 0.01)
        made = bmesh.new()
        for _ in range(CORNERS):
            unit = noise.random_unit_vector()
            # Between a ball and a block.
            unit = Vector(math.copysign(abs(part) ** 0.55, part) for part in unit) * random.uniform(0.78, 1.05)
            place = chunk.place + first * unit.x * long + second * unit.y * tall + out * unit.z * thick
            if wall and (place - nearest).dot(normal) > -0.05 * thick:
                place -= normal * ((place - nearest).dot(normal) + 0.01)
            made.verts.new(place)
        hull = bmesh.ops.convex_hull(made, input=made.verts)
        bmesh.ops.delete(made, geom=list({*hull["geom_interior"], *hull["geom_unused"]}), context="VERTS")
        bmesh.ops.recalc_face_normals(made, faces=made.faces)
        # A hull's faces come in the order of their addresses; the same job must give the same frames.
        made.faces.sort(key=lambda face: face.calc_center_median().dot(ORDER))
        made.edges.sort(key=lambda edge: (edge.verts[0].co + edge.verts[1].co).dot(ORDER))
        for face in made.faces:
            shown = wall and all(abs((vertex.co - nearest).dot(normal) + 0.01) < 0.004 for vertex in face.verts)
            face.material_index = form.PLATE if shown else form.INSIDE
        middle = sum((vertex.co for vertex in made.verts), Vector()) / len(made.verts)
        chunk.place, chunk.corners = middle, [tuple(vertex.co - middle) for vertex in made.verts]
        self.roughen(made, chunk.size, self.scale)
        if self.kind == "concrete":
            self.stubs(made, chunk)
        self.refiner.tell(made)
        made.transform(Matrix.Translation(-middle))
        return form.finished(made, "chunk")

    @staticmethod
    def roughen(made, size, scale):
        # What is small is as rough without.
        if size > FINE * scale:
            bmesh.ops.subdivide_edges(made, edges=made.edges[:], cuts=1)
        bmesh.ops.triangulate(made, faces=made.faces[:])
        made.normal_update()
        for vertex in made.verts:
            if all(face.material_index == form.INSIDE for face in vertex.link_faces):
                vertex.co += vertex.normal * 0.1 * size * noise.noise(vertex.co * 5 / size)
        made.normal_update()

    @staticmethod
    def stubs(made, chunk):
        """Reinforcement that was torn out with it."""
        for face in random.sample(made.faces[:], min(2, len(made.faces))):
            axis = (face.normal + 0.4 * noise.random_unit_vector()).normalized()
            side, length = axis.orthogonal().normalized(), chunk.size * random.uniform(0.3, 0.7)
            form.box(made, face.calc_center_median() + axis * length / 3, axis * length / 2, side * 0.012, axis.cross(side) * 0.012, 1, form.STUB)

    def build(self, materials):
        """For each lump its mesh, its pose in each frame, and the frame that it is there from."""
        if not self.chunks:
            return
        for chunk in self.chunks:
            chunk.mesh = self.shape(chunk)
            for material in materials:
                chunk.mesh.materials.append(material)
        places, turns = self.fly()
        for k, chunk in enumerate(self.chunks):
            with_piece = Matrix.Translation(chunk.place - self.pieces[chunk.owner].middle)
            yield chunk.mesh, [self.poses[chunk.owner][i] @ with_piece if i < chunk.born else Matrix.Translation(places[i, k]) @ Matrix(turns[i, k]).to_4x4() for i in range(self.frames)], chunk.born

    def fly(self):
        """Places and turns in each frame: rigid bodies whose corners strike the ground and the pile (impulses with friction, Mirtich and Canny 1995)."""
        count = len(self.chunks)
        corners = numpy.array([chunk.corners + [chunk.corners[-1]] * (CORNERS - len(chunk.corners)) for chunk in self.chunks])
        born = numpy.array([chunk.born for chunk in self.chunks])
        # For a mass of 1, as a ball about the same corners has it.
        weight = 0.5 * (corners ** 2).sum(axis=2).mean(axis=1)
        place, speed, spin, turn = numpy.zeros((count, 3)), numpy.zeros((count, 3)), numpy.zeros((count, 3)), numpy.tile(numpy.eye(3), (count, 1, 1))
        places, turns = numpy.zeros((self.frames, count, 3)), numpy.zeros((self.frames, count, 3, 3))
        seconds = 1 / (self.rate * STEPS)
        for frame in range(self.frames):
            for k in numpy.flatnonzero(born == frame):
                self.let_go(self.chunks[k], frame, place[k], speed[k], spin[k], turn[k])
            ground, flown = self.pile.pile(frame), numpy.flatnonzero(born < frame)
            if len(flown):
                here = [part[flown] for part in (place, speed, spin, turn)]
                for _ in range(STEPS):
                    here = self.step(*here, corners[flown], weight[flown], ground, seconds)
                place[flown], speed[flown], spin[flown], turn[flown] = here
            places[frame], turns[frame] = place, turn
        return places, turns

    def let_go(self, chunk, frame, place, speed, spin, turn):
        before, matrix = self.poses[chunk.owner][frame - 1], self.poses[chunk.owner][frame]
        own = chunk.place - self.pieces[chunk.owner].middle
        at = matrix @ own
        off = (at - matrix.translation).normalized() * 0.7 * chunk.away + chunk.away * 0.5 * Vector(random.gauss(0, 1) for _ in range(3))
        # What comes off a wall comes off its outside.
        off += (at - self.middle).to_2d().normalized().to_3d() * abs(random.gauss(0.6, 1.2))
        place[:], turn[:] = at, numpy.array(matrix.to_3x3())
        speed[:] = (at - before @ own) * self.rate * 0.8 + off
        axis = Vector(random.gauss(0, 1) for _ in range(3))
        spin[:] = axis * min(5.0, 1.0 + 1.6 * chunk.away / chunk.size) / 1.7

    def step(self, place, speed, spin, turn, corners, weight, ground, seconds):
        speed = speed + numpy.array((0, 0, -9.81 * seconds))
        place, turn = place + speed * seconds, spun(turn, spin, seconds)
        arms = numpy.einsum("nij,npj->npi", turn, corners)
        low = place[:, None, 2] + arms[:, :, 2]
        depth = self.pile.under(ground, (place[:, None, :] + arms).reshape(-1, 3)).reshape(arms.shape[:2]) - low
        # Whatever it is inside of, it stays on the ground.
        depth = numpy.where(depth > DEEP, -low, depth)
        rows = numpy.arange(len(place))
        resting = (depth > -numpy.maximum(0.03, 0.35 * numpy.sqrt(weight))[:, None]).sum(axis=1)
        for rank in numpy.argsort(-depth, axis=1)[:, :CONTACTS].T:
            arm, into = arms[rows, rank], depth[rows, rank]
            at = speed + numpy.cross(spin, arm)
            hit = (into > 0) & (at[:, 2] < 0)
            # Upwards, then against the sliding, at most as friction holds.
            up = numpy.cross(arm, (0.0, 0.0, 1.0))
            push = numpy.where(hit, -(1 + numpy.where(at[:, 2] < -1.2, SPRING, 0)) * at[:, 2] / (1 + (up ** 2).sum(axis=1) / weight), 0)
            flat = at * (1.0, 1.0, 0.0)
            along = numpy.linalg.norm(flat, axis=1)
            way = flat / numpy.maximum(along, 1e-6)[:, None]
            across = numpy.cross(arm, way)
            hold = numpy.minimum(along / (1 + (across ** 2).sum(axis=1) / weight), FRICTION * push)
            speed = speed + push[:, None] * numpy.array((0.0, 0.0, 1.0)) - hold[:, None] * way
            spin = spin + (push[:, None] * up - hold[:, None] * across) / weight[:, None]
        deepest = depth.max(axis=1)
        place = place + numpy.where(deepest > 0.005, 0.4 * numpy.minimum(deepest, 0.25), 0)[:, None] * numpy.array((0.0, 0.0, 1.0))
        # What lies on others rubs against them, and stays where three corners carry it.
        touching, pace = deepest > -0.01, numpy.linalg.norm(speed, axis=1)
        rubs = numpy.where(touching, numpy.where(pace < 1.2, 0.95, 0.985), 1)[:, None]
        speed, spin = speed * rubs, spin * rubs * rubs
        still = touching & (resting >= 3) & (pace < 0.45) & (numpy.linalg.norm(spin, axis=1) < 1.2)
        return place, numpy.where(still[:, None], 0, speed), numpy.where(still[:, None], 0, spin), turn
