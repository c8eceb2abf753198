"""Panes: as soon as a piece cracks loose or falls, what it shows of the plate shatters into thin polygons of that picture's colours, which fall, hardly bounce, and lie flat."""

import math
import os
import random
import struct

import bpy
import numpy
from mathutils import Vector

import collapse_form as form
import collapse_grit as grit

# Metres: a crack this wide, or this much of a way, breaks the panes of a piece.
CRACK, WAY = 0.03, 0.12
# Shards a square metre, and how many at most for each piece of rubble that the job allows.
OFTEN, MOST = 20, 3


class Shards:
    def __init__(self, job, look, rubble, pieces, poses, gaps):
        self.job, self.look, self.rubble, self.rate, self.frames = job, look, rubble, job["rate"], job["frames"]
        self.born, self.place, self.speed, self.normal, self.own, self.tint = [], [], [], [], [], []
        skin = numpy.empty(math.prod(look.skin.size) * 4, numpy.float32)
        look.skin.pixels.foreach_get(skin)
        self.shown = skin.reshape(look.skin.size[1], look.skin.size[0], 4)[:, :, :3]
        if look.skin.colorspace_settings.name == "sRGB":
            self.shown = numpy.where(self.shown <= 0.04045, self.shown / 12.92, ((self.shown + 0.055) / 1.055) ** 2.4)
        self.facing = max(0.2, look.direction.y * -1) * look.sun / math.pi + 0.65 * look.sky
        panes = [(piece, pose, frame, self.faces(piece)) for piece, pose, gap in zip(pieces, poses, gaps) if (frame := self.breaks(pose, gap)) is not None]
        area = sum(part for _, _, _, faces in panes for *_, part in faces)
        often = min(OFTEN, MOST * job["grit"] / max(1e-6, area))
        for piece, pose, frame, faces in panes:
            for corners, normal, part in faces:
                count = often * part
                for _ in range(int(count) + (random.random() < count % 1)):
                    self.shard(piece, pose, frame, corners, normal)

    def breaks(self, pose, gap):
        """The frame, from 0, in which a piece's panes go."""
        return next((i for i in range(2, self.frames) if gap[i] > CRACK or (pose[i].translation - pose[0].translation).length > WAY), None)

    @staticmethod
    def faces(piece):
        """Triangles of a piece's upright outside: corners, normal, area."""
        mesh = piece.mesh
        mesh.calc_loop_triangles()
        return [([mesh.vertices[k].co.copy() for k in triangle.vertices], triangle.normal.copy(), triangle.area) for triangle in mesh.loop_triangles
                if triangle.material_index == form.PLATE and abs(triangle.normal.z) < 0.5]

    def shard(self, piece, pose, frame, corners, normal):
        first, second = random.random(), random.random()
        if first + second > 1:
            first, second = 1 - first, 1 - second
        middle = corners[0] + first * (corners[1] - corners[0]) + second * (corners[2] - corners[0])
        # Not all at once: a crack runs over the pane.
        frame = min(self.frames - 1, frame + int(abs(random.gauss(0, 0.08)) * self.rate))
        # A few large, many small; three to six corners.
        size = min(0.45, 0.045 * (1 - random.random()) ** -0.5) * self.rubble.scale
        side, count, start = normal.orthogonal().normalized(), random.choice((3, 3, 4, 4, 5, 6)), random.uniform(0, 2 * math.pi)
        other, long = normal.cross(side), random.uniform(0.45, 1.0)
        polygon = []
        for k in range(count):
            angle, radius = start + 2 * math.pi * (k + random.uniform(-0.3, 0.3)) / count, size * random.uniform(0.6, 1.0)
            polygon.append(radius * (math.cos(angle) * side + long * math.sin(angle) * other))
        matrix, before = pose[frame], pose[frame - 1]
        turn = matrix.to_3x3()
        here, out = matrix @ middle, turn @ normal
        self.born.append(frame)
        self.place.append(tuple(here + 0.03 * out))
        self.speed.append(tuple((here - before @ middle) * self.rate * 0.8 + out * random.uniform(0.3, 2.6) + Vector((random.gauss(0, 0.5), random.gauss(0, 0.5), random.gauss(0, 0.4)))))
        self.normal.append(tuple(out))
        self.own.append([tuple(turn @ corner) for corner in polygon])
        self.tint.append([self.colour(piece.middle + middle + corner) for corner in polygon])

    def colour(self, place):
        """What the plate shows at a place, as a share of light."""
        seen, job = self.look.inverse @ place, self.job
        height, width = self.shown.shape[:2]
        focal, away = job["camera"]["focalLength"], max(0.1, -seen.z)
        x, y = (seen.x / away * focal / job["width"] + 0.5) * width, (seen.y / away * focal + self.look.lift()) / job["height"] * height
        return (*(numpy.minimum(self.shown[min(max(int(y), 0), height - 1), min(max(int(x), 0), width - 1)] / self.facing, 0.85)).tolist(), 1.0)

    def fly(self):
        """Corners of all shards in each frame."""
        born, place, speed, normal = (numpy.array(part) for part in (self.born, self.place, self.speed, self.normal))
        counts = [len(own) for own in self.own]
        of, own = numpy.repeat(numpy.arange(len(counts)), counts), numpy.concatenate([numpy.array(part) for part in self.own])
        axes = numpy.array([tuple(Vector([random.gauss(0, 1) for _ in range(3)]).normalized()) for _ in counts])
        spin, lean = numpy.array([random.uniform(2, 16) for _ in counts]), numpy.array([random.uniform(0.8, 1.0) for _ in counts])
        angle, flat, landed = numpy.zeros(len(counts)), numpy.zeros(len(counts)), numpy.zeros(len(counts), bool)
        steps = 4
        step = 1 / (self.rate * steps)
        for frame in range(self.frames):
            ground, flown = self.rubble.pile(frame), born <= frame
            for _ in range(steps):
                speed[flown, 2] -= 9.81 * step
                # A plate a centimetre thick that tumbles.
                speed[flown] *= (1 - numpy.minimum(0.5, 0.012 * numpy.linalg.norm(speed[flown], axis=1) * step))[:, None]
                before = place[:, 2].copy()
                place[flown] += speed[flown] * step
                floor = self.rubble.under(ground, place) + 0.015
                hit = flown & (place[:, 2] < floor) & ((before > floor - 0.45) | (floor < 0.45))
                place[hit, 2] = floor[hit]
                speed[hit, 2] = numpy.where(speed[hit, 2] < -2, -0.08 * speed[hit, 2], 0)
                speed[hit, :2] *= 0.55
                landed |= hit
            angle[flown & ~landed] += spin[flown & ~landed] / self.rate
            flat[landed] = numpy.minimum(lean[landed], flat[landed] + 6 / self.rate)
            faces = grit.turned(normal, axes, angle)
            up = numpy.where(faces[:, 2] < 0, -1.0, 1.0)
            over = numpy.cross(faces, numpy.stack([0 * up, 0 * up, up], axis=1))
            over /= numpy.maximum(1e-9, numpy.linalg.norm(over, axis=1, keepdims=True))
            down = flat * numpy.arccos(numpy.clip(numpy.abs(faces[:, 2]), 0, 1))
            corners = grit.turned(grit.turned(own, axes[of], angle[of]), over[of], down[of])
            yield corners * flown[of][:, None] + place[of]

    def build(self, scene, folder):
        """Goes into the one mesh of all rubble, after what is there already, and into its cache."""
        if not self.born:
            return
        path, entry = os.path.join(folder, grit.CACHE), next((entry for entry in scene.objects if entry.name.startswith("grit")), None)
        old, frames = numpy.zeros((self.frames, 0, 3), "<f4"), list(self.fly())
        points, faces, tints = [], [], []
        if entry is not None:
            with open(path, "rb") as file:
                count = struct.unpack("<12siiffi", file.read(32))[2]
                old = numpy.frombuffer(file.read(), "<f4").reshape(self.frames, count, 3)
            mesh = entry.data
            points, faces = [tuple(vertex.co) for vertex in mesh.vertices], [tuple(face.vertices) for face in mesh.polygons]
            tints = [tuple(value.color) for value in mesh.attributes["tint"].data]
        boxes, first = len(faces), len(points)
        for own in self.own:
            faces.append(tuple(range(first, first + len(own))))
            first += len(own)
        made = bpy.data.meshes.new("grit")
        made.from_pydata(points + frames[-1].tolist(), [], faces)
        made.attributes.new("tint", "FLOAT_COLOR", "POINT").data.foreach_set("color", numpy.array(tints + [tint for own in self.tint for tint in own]).reshape(-1))
        made.materials.append(self.look.grit())
        made.materials.append(self.look.shard())
        made.polygons.foreach_set("material_index", [0] * boxes + [1] * (len(faces) - boxes))
        grit.write_cache(folder, len(made.vertices), self.frames, (numpy.concatenate([before, corners]) for before, corners in zip(old, frames)))
        if entry is None:
            grit.cached(scene, made)
        else:
            entry.data = made
