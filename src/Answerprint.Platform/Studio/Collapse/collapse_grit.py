"""Rubble too small for the rigid bodies: shed where pieces tear, strike and rush, it flies under gravity alone, hops and comes to rest on the ground and on the pile."""

import math
import os
import random
import struct

import bpy
import numpy
from mathutils import Euler, Vector

import collapse_form as form

# Metres a second: a change of speed above the first is a blow; above the second a piece sheds.
BLOW, FAST = 1.6, 3.0
# Metres: a crack this wide sheds.
CRACK = 0.1
CELL = 0.35
CACHE = "grit.pc2"


def spread(piece):
    """Places all over a piece's faces, so that no cell that it covers is left out; counted from its middle."""
    piece.mesh.calc_loop_triangles()
    result = [piece.points]
    for triangle in piece.mesh.loop_triangles:
        a, b, c = (piece.mesh.vertices[k].co for k in triangle.vertices)
        count = min(24, int(max((b - a).length, (c - a).length, (c - b).length) / CELL) + 1)
        result.append([a + (b - a) * (i / count) + (c - a) * (j / count) for i in range(count) for j in range(count - i)])
    return numpy.array([tuple(place) for places in result for place in places])


def hurts(pose, gap, rate):
    """For each frame in which a piece has a way behind it: the frame, its speed, by how much that changed, and whether it tears and whether it strikes there."""
    middles = [matrix.translation for matrix in pose]
    for i in range(2, len(pose)):
        speed, before = (middles[i] - middles[i - 1]) * rate, (middles[i - 1] - middles[i - 2]) * rate
        blow = (speed - before).length
        yield i, speed, blow, gap[i] > CRACK >= gap[i - 1], blow > BLOW and gap[i] > CRACK


def turned(points, axes, angles):
    """Points after turning about axes of length 1 (Rodrigues)."""
    cos, sin = numpy.cos(angles)[..., None], numpy.sin(angles)[..., None]
    return points * cos + numpy.cross(axes, points) * sin + axes * (points * axes).sum(axis=-1, keepdims=True) * (1 - cos)


def write_cache(folder, count, frames, places):
    """Places of `count` corners, frame by frame, as PC2."""
    with open(os.path.join(folder, CACHE), "wb") as file:
        file.write(struct.pack("<12siiffi", b"POINTCACHE2\0", 1, count, 1.0, 1.0, frames))
        for corners in places:
            file.write(corners.astype("<f4").tobytes())


def cached(scene, mesh):
    """An object of a mesh whose corners are where the cache says."""
    entry = bpy.data.objects.new("grit", mesh)
    scene.collection.objects.link(entry)
    cache = entry.modifiers.new("flight", "MESH_CACHE")
    cache.cache_format, cache.filepath, cache.frame_start, cache.interpolation = "PC2", "//" + CACHE, 1, "LINEAR"
    cache.forward_axis, cache.up_axis = "POS_Y", "POS_Z"


class Grit:
    def __init__(self, job, look, pieces, poses, gaps, high):
        self.job, self.look, self.rate, self.frames = job, look, job["rate"], job["frames"]
        self.limit = job["grit"]
        self.scale = max(0.7, min(2.5, high.z / 14))
        self.born, self.place, self.speed, self.size = [], [], [], []
        self.middle = sum((piece.middle for piece in pieces), Vector()) / len(pieces)
        for piece, pose, gap in zip(pieces, poses, gaps):
            self.shed(piece, pose, gap)
        # Too much: an even choice of it.
        keep = sorted(random.sample(range(len(self.born)), min(self.limit, len(self.born))))
        self.born, self.place, self.speed, self.size = (numpy.array([part[k] for k in keep], dtype) for part, dtype in ((self.born, int), (self.place, float), (self.speed, float), (self.size, float)))
        self.pieces, self.poses, self.piles = pieces, poses, {}
        self.corners = {piece: spread(piece) for piece in pieces}

    def shed(self, piece, pose, gap):
        """What one piece gives off while it falls: nothing while it hangs on all of its neighbours."""
        points = piece.points
        area = min(12.0, max(0.3, (piece.high - piece.low).length ** 2 / 2))
        for i, speed, blow, tears, strikes in hurts(pose, gap, self.rate):
            middle = pose[i].translation
            if tears:
                self.burst(i, pose[i], points, middle, round(3 * area), speed * 0.6, 0.6)
            if strikes:
                self.burst(i, pose[i], points, middle, round(min(26, 1.6 * blow * area)), speed * 0.45, 0.28 * min(blow, 11), low=True)
            if speed.length > FAST and gap[i] > CRACK and random.random() < 0.12 * area:
                self.burst(i, pose[i], points, middle, 1, speed * 0.8, 0.8)

    def burst(self, frame, matrix, points, middle, count, speed, spread, low=False):
        for _ in range(count):
            own = random.choice(points)
            place = matrix @ own.lerp(random.choice(points), random.random() * 0.7)
            if low:
                place.z = min(place.z, (matrix @ random.choice(points)).z)
            away = Vector((random.gauss(0, 1), random.gauss(0, 1), abs(random.gauss(0, 0.7)) if low else random.gauss(0, 0.5)))
            # What comes off a wall comes off its outside.
            out = Vector((place.x - self.middle.x, place.y - self.middle.y, 0)).normalized() * abs(random.gauss(0.2, 0.6))
            self.born.append(frame)
            self.place.append((place.x, place.y, max(place.z, 0.05)))
            self.speed.append(tuple(speed + away * spread + out))
            # Many small, few large.
            self.size.append(min(0.28, 0.04 * (1 - random.random()) ** -0.55) * self.scale)

    def fly(self):
        """Where each piece of rubble is, and how it is turned, in each frame."""
        count = len(self.born)
        places, turns = numpy.zeros((self.frames, count, 3)), numpy.zeros((self.frames, count))
        place, speed, turn = self.place.copy(), self.speed.copy(), numpy.zeros(count)
        spin = numpy.clip(numpy.linalg.norm(speed, axis=1) * 2.5, 1, 14)
        steps = 4
        step = 1 / (self.rate * steps)
        for frame in range(self.frames):
            ground, flown = self.pile(frame), self.born <= frame
            for _ in range(steps):
                # A sphere of rubble: its drag by area over its weight.
                drag = 0.35 * numpy.linalg.norm(speed, axis=1) * 1.2 / (1.33 * 2 * self.size * self.job["building"]["massPerVolume"])
                speed[flown, 2] -= 9.81 * step
                speed[flown] *= numpy.maximum(0, 1 - drag[flown] * step)[:, None]
                before = place[:, 2].copy()
                place[flown] += speed[flown] * step
                floor = self.under(ground, place) + 0.35 * self.size
                # What flies inside a hollow is not lifted onto the roof.
                hit = flown & (place[:, 2] < floor) & ((before > floor - 0.45) | (floor < 0.45))
                place[hit, 2] = floor[hit]
                speed[hit, 2] = numpy.where(speed[hit, 2] < -1.2, -0.28 * speed[hit, 2], 0)
                speed[hit, :2] *= 0.72
                spin[hit] *= 0.72
            turn[flown] += spin[flown] / self.rate
            places[frame], turns[frame] = place, turn
        return places, turns

    def pile(self, frame):
        """Heights of what lies still, on a grid around the building, and the grid's first cell."""
        if frame not in self.piles:
            self.piles[frame] = self.heap(frame)
        return self.piles[frame]

    def heap(self, frame):
        if frame < 1:
            return None
        found = []
        for piece, pose in zip(self.pieces, self.poses):
            matrix, last = pose[frame], pose[frame - 1]
            if (matrix.translation - last.translation).length * self.rate > 1.5 or (matrix.translation - pose[0].translation).length < 0.02:
                continue
            own = numpy.array(matrix)
            corners = self.corners[piece] @ own[:3, :3].T + own[:3, 3]
            corners[:, 2] = numpy.minimum(corners[:, 2], own[2, 3] + 0.15)
            found.append(corners)
        if not found:
            return None
        corners = numpy.concatenate(found)
        cells = numpy.floor(corners[:, :2] / CELL).astype(int)
        first = cells.min(axis=0)
        heights = numpy.zeros(cells.max(axis=0) - first + 1)
        numpy.maximum.at(heights, tuple((cells - first).T), corners[:, 2])
        return first, heights

    @staticmethod
    def under(ground, place):
        result = numpy.zeros(len(place))
        if ground is not None:
            first, heights = ground
            cells = numpy.floor(place[:, :2] / CELL).astype(int) - first
            inside = ((cells >= 0) & (cells < heights.shape)).all(axis=1)
            result[inside] = heights[tuple(cells[inside].T)]
        return result

    def prototypes(self):
        """Shapes of corners for a size of 1: bricks, shards, splinters."""
        result = []
        for _ in range(16):
            sides = {"brick": (1.0, 0.55, 0.42), "timber": (2.6, 0.22, 0.14), "stone": (0.9, 0.8, 0.65), "glass": (1.0, 0.8, 0.55), "concrete": (1.0, 0.8, 0.55)}[self.job["building"]["material"]]
            sides = [side * random.uniform(0.65, 1.25) for side in sides]
            corners = [Vector((x * sides[0], y * sides[1], z * sides[2])) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
            result.append([corner * random.uniform(0.6, 1.1) for corner in corners])
        return result

    def build(self, scene, folder):
        """One mesh of all rubble, its corners in each frame in a file beside the scene (PC2), so that an artist's program plays it too."""
        if not len(self.born):
            return
        places, turns = self.fly()
        shapes = self.prototypes()
        own = numpy.array([[tuple(corner) for corner in shapes[k % len(shapes)]] for k in range(len(self.born))]) * self.size[:, None, None] / 2
        axes = numpy.array([tuple(Vector((random.gauss(0, 1), random.gauss(0, 1), random.gauss(0, 1))).normalized()) for _ in self.born])
        start = numpy.array([tuple(tuple(row) for row in Euler([random.uniform(0, 2 * math.pi) for _ in range(3)]).to_matrix()) for _ in self.born])
        own = numpy.einsum("nij,nkj->nki", start, own)
        write_cache(folder, own.shape[0] * 8, self.frames, (
            (turned(own, axes[:, None, :], turns[frame][:, None]) * (self.born <= frame)[:, None, None] + places[frame][:, None, :]).reshape(-1, 3) for frame in range(self.frames)))
        mesh = bpy.data.meshes.new("grit")
        faces = numpy.array(((0, 1, 3, 2), (6, 7, 5, 4), (0, 4, 5, 1), (3, 7, 6, 2), (0, 2, 6, 4), (5, 7, 3, 1)))
        mesh.from_pydata((own + self.place[:, None, :]).reshape(-1, 3).tolist(), [], (faces[None] + 8 * numpy.arange(len(own))[:, None, None]).reshape(-1, 4).tolist())
        mesh.attributes.new("tint", "FLOAT_COLOR", "POINT").data.foreach_set("color", numpy.repeat(numpy.array(self.tints()), 8, axis=0).reshape(-1))
        mesh.materials.append(self.look.grit())
        cached(scene, mesh)

    def tints(self):
        stuff, exposure = self.job["building"]["inside"], self.look.exposure
        result = []
        for _ in self.born:
            if random.random() < 0.3:
                colour = self.look.outside[random.randrange(len(self.look.outside))]
            else:
                share = random.random()
                colour = [exposure * (dark + share * (bright - dark)) for dark, bright in zip(stuff["dark"], stuff["light"])]
            result.append((*colour, 1))
        return result
