"""What the building is: a closed form, hollow, broken into cells whose broken faces are rough."""

import math
import random

import bmesh
import bpy
import numpy
from mathutils import Matrix, Vector, bvhtree, noise

PLATE, INSIDE, ROOM, STUB = range(4)
# Metres: how thick a slope of a roof is, where walls are no thinner.
ROOF = 0.22


def mesh_object(name, mesh):
    result = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(result)
    return result


def surface(building):
    """The outer surface as it stands, to see what would stick through it."""
    return bvhtree.BVHTree.FromPolygons([vertex.co for vertex in building.data.vertices], [face.vertices for face in building.data.polygons])


def loft(mesh, rings):
    """A closed surface through rings of equally many points."""
    made = [[mesh.verts.new(point) for point in ring] for ring in rings]
    count = len(made[0])
    for lower, upper in zip(made, made[1:]):
        for k in range(count):
            mesh.faces.new((lower[k], lower[(k + 1) % count], upper[(k + 1) % count], upper[k]))
    mesh.faces.new(list(reversed(made[0])))
    mesh.faces.new(made[-1])
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)


def hull(mesh, points):
    for point in points:
        mesh.verts.new(point)
    made = bmesh.ops.convex_hull(mesh, input=mesh.verts)
    bmesh.ops.delete(mesh, geom=[entry for entry in made["geom_interior"] if isinstance(entry, bmesh.types.BMVert)], context="VERTS")
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)


def finished(mesh, name):
    result = bpy.data.meshes.new(name)
    mesh.to_mesh(result)
    mesh.free()
    return result


# The cosine of its angle to the view below which the plate shows too little of a surface.
GRAZES = 0.25


def triangle_wave(x, length):
    x = abs(x) % (2 * length)
    return 2 * length - x if x > length else x


class Round:
    """A form about an upright axis."""

    def __init__(self, building):
        self.rings, self.distance, self.wall = building["rings"], building["distance"], building["wall"]

    def circle(self, centre, radius, z, count):
        return [(centre + radius * math.cos(2 * math.pi * k / count), self.distance + radius * math.sin(2 * math.pi * k / count), z) for k in range(count)]

    def at(self, z):
        for lower, upper in zip(self.rings, self.rings[1:]):
            if lower[0] <= z <= upper[0]:
                share = (z - lower[0]) / max(1e-6, upper[0] - lower[0])
                return [lower[i] + share * (upper[i] - lower[i]) for i in (1, 2)]
        return self.rings[-1][1:]

    def solid(self, mesh):
        loft(mesh, [self.circle(centre, radius, z, 40) for z, centre, radius in self.rings])

    def room(self, low, high):
        room, ends = bmesh.new(), [(z, *self.at(z)) for z in (low, high)]
        if min(radius for _, _, radius in ends) > self.wall + 0.4:
            loft(room, [self.circle(centre, radius - self.wall, z, 24) for z, centre, radius in ends])
        return [room]

    def winding(self, place, most, move):
        """How far a crack winds: up and down, for sideways it would leave the form, and little where that is thin."""
        return Vector((0, 0, move.z * min(most, 0.2 * self.at(place.z)[1])))

    def folded(self, place, normal):
        """Where a surface that the camera cannot see takes its picture from: around the axis and back, so that nothing is smeared along the view."""
        centre, _ = self.at(place.z)
        towards, angle = math.atan2(-self.distance, -centre), math.atan2(place.y - self.distance, place.x - centre)
        turn = (angle - towards + math.pi) % (2 * math.pi) - math.pi
        shown, radius = towards + math.copysign(triangle_wave(turn, math.acos(GRAZES)), turn), math.hypot(place.x - centre, place.y - self.distance)
        return Vector((centre + radius * math.cos(shown), self.distance + radius * math.sin(shown), place.z))


class Block:
    """A front face that goes back along one direction, and a ridge."""

    def __init__(self, building):
        self.face, self.back, self.wall = [Vector(point) for point in building["face"]], Vector(building["back"]), building["wall"]
        self.ridge = [Vector(point) for point in building["ridge"]]
        self.along = (self.face[1] - self.face[0]).normalized() if abs(self.face[1].z - self.face[0].z) < 0.01 else Vector((1, 0, 0))
        self.inwards, self.deep = self.back.normalized(), self.back.length
        spans = [(point - self.face[0]).dot(self.along) for point in self.face]
        self.begin, self.end = min(spans), max(spans)
        # On which side the camera sees a wall: it stands at the origin.
        camera = self.local(Vector((0, 0, 0)))[0]
        self.side = self.begin if camera < self.begin else self.end if camera > self.end else None
        self.eaves = max(point.z for point in self.face)

    def local(self, place):
        """Along the front, inwards, up. The two directions need not be at right angles."""
        flat, both = place - self.face[0], self.along.dot(self.inwards)
        a, b = flat.dot(self.along), flat.dot(self.inwards)
        return (a - b * both) / (1 - both * both), (b - a * both) / (1 - both * both), place.z

    def world(self, a, b, z):
        flat = self.face[0] + a * self.along + b * self.inwards
        return Vector((flat.x, flat.y, z))

    def solid(self, mesh):
        if self.ridge:
            hull(mesh, [point + step for point in self.face for step in (Vector(), self.back)] + self.ridge)
        else:
            loft(mesh, [[point + step for point in self.face] for step in (Vector(), self.back)])

    def room(self, low, high):
        if self.deep < 2 * self.wall + 0.8:
            return []
        corners = [(self.local(point)[0], point.z) for point in self.face]
        outline = inset(corners, [self.thickness(*ends) for ends in zip(corners, corners[1:] + corners[:1])])
        across, through = (max(1, round((length - 2 * self.wall) / 5.5)) for length in (self.end - self.begin, self.deep))
        result = []
        for i in range(across):
            for j in range(through):
                room, gap = bmesh.new(), 0.1
                first, last = self.wall + j * (self.deep - 2 * self.wall) / through, self.wall + (j + 1) * (self.deep - 2 * self.wall) / through
                loft(room, [[self.world(a, b, z) for a, z in outline] for b in (first + (gap if j else 0), last - (gap if j + 1 < through else 0))])
                left, right = self.begin + self.wall + i * (self.end - self.begin - 2 * self.wall) / across, self.begin + self.wall + (i + 1) * (self.end - self.begin - 2 * self.wall) / across
                cuts = [((0, 0, low), Vector((0, 0, -1))), ((0, 0, high), Vector((0, 0, 1)))]
                normal = Vector((-self.inwards.y, self.inwards.x, 0))
                normal = normal if normal.dot(self.along) > 0 else -normal
                if i:
                    cuts.append((self.world(left + gap, 0, 0), -normal))
                if i + 1 < across:
                    cuts.append((self.world(right - gap, 0, 0), normal))
                for place, outwards in cuts:
                    cut = bmesh.ops.bisect_plane(room, geom=room.verts[:] + room.edges[:] + room.faces[:], plane_co=place, plane_no=outwards, clear_outer=True)
                    rim = [edge for edge in cut["geom_cut"] if isinstance(edge, bmesh.types.BMEdge)]
                    if rim:
                        bmesh.ops.edgenet_fill(room, edges=rim)
                bmesh.ops.recalc_face_normals(room, faces=room.faces)
                result.append(room)
        if self.ridge and low <= self.eaves - 1.2 <= high + 0.8:
            result.append(self.attic())
        return result

    def thickness(self, first, second):
        """Of what stands behind an edge of the front: a slope is a roof's."""
        across, up = abs(second[0] - first[0]), abs(second[1] - first[1])
        return min(ROOF, self.wall) if up > 0.2 * across and across > 0.25 * up else self.wall

    def attic(self):
        """Under a ridge: as far below both slopes as a roof is thick."""
        room, floor, thick = bmesh.new(), self.eaves + 0.15, min(ROOF, self.wall)
        ridge = sum((self.local(end)[1] for end in self.ridge), 0.0) / 2
        rise, runs = max(0.5, max(end.z for end in self.ridge) - self.eaves), [max(0.5, run) for run in (ridge, self.deep - ridge)]
        below = [thick * math.hypot(run, rise) / run for run in runs]
        front, back = ((0.15 + drop) * run / rise for drop, run in zip(below, runs))
        corners = [self.world(a, b, floor) for a in (self.begin + 1.5 * self.wall, self.end - 1.5 * self.wall) for b in (front, self.deep - back)]
        middle = (self.ridge[0] + self.ridge[1]) / 2
        hull(room, corners + [end + (middle - end).normalized() * 1.5 * self.wall - Vector((0, 0, max(below))) for end in self.ridge if end.z > floor + 0.8])
        return room

    def winding(self, _, most, move):
        """How far a crack winds."""
        return move * most

    def folded(self, place, normal):
        a, b, z = self.local(place)
        inwards, sideways = normal.dot(self.inwards), normal.dot(self.along)
        if normal.z > 0.8 or normal.z < -0.8:
            return self.world(a, 0, abs(z - math.copysign(triangle_wave(b, 0.5 * self.eaves), normal.z)))
        if inwards > 0.3:
            return self.world(a, self.deep - b if normal.z > 0.2 else 0, z)
        if abs(sideways) > 0.5 and self.side is not None:
            return self.world(self.side, b, z)
        if abs(sideways) > 0.5:
            run = triangle_wave(b, self.end - self.begin)
            return self.world(self.end - run if sideways > 0 else self.begin + run, 0, z)
        return place


def inset(outline, distances):
    """The outline with each edge, from its corner to the next, moved inwards by its distance."""
    count = len(outline)
    area = sum(outline[i][0] * outline[(i + 1) % count][1] - outline[(i + 1) % count][0] * outline[i][1] for i in range(count))
    turn, result = (1 if area > 0 else -1), []
    for i in range(count):
        before, here, after = Vector(outline[i - 1]), Vector(outline[i]), Vector(outline[(i + 1) % count])
        first, second = (here - before).normalized(), (after - here).normalized()
        first, second = Vector((-first.y, first.x)) * turn, Vector((-second.y, second.x)) * turn
        near, far, cross = distances[i - 1], distances[i], first.x * second.y - first.y * second.x
        if abs(cross) > 0.1:
            move = Vector(((near * second.y - far * first.y) / cross, (far * first.x - near * second.x) / cross))
        else:
            move = (first + second).normalized() * max(near, far)
        most = 3 * max(near, far)
        result.append(tuple(here + (move if move.length < most else move.normalized() * most)))
    return result


def rooms(building, form, top):
    """Hollows between walls and floors."""
    result, low = bmesh.new(), building["slab"]
    while low < top - 1.2:
        high = min(low + building["storey"] - building["slab"], top - 0.6)
        for room in form.room(low, high):
            for face in room.faces:
                face.material_index = ROOM
            result.from_mesh(finished(room, "room"))
        low += building["storey"]
    return finished(result, "rooms")


def hollow(job, form, building, top, materials):
    cavities = mesh_object("rooms", rooms(job["building"], form, top))
    for material in materials:
        cavities.data.materials.append(material)
    if not cavities.data.polygons:
        bpy.context.scene.collection.objects.unlink(cavities)
        return
    modifier = building.modifiers.new("rooms", "BOOLEAN")
    modifier.operation, modifier.object, modifier.solver = "DIFFERENCE", cavities, "EXACT"
    bpy.context.view_layer.update()
    result = bpy.data.meshes.new_from_object(building.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    building.modifiers.clear()
    # An outline that crosses itself can cost the boolean its result; a solid building is better than none.
    if len(result.polygons) >= len(building.data.polygons):
        building.data = result
    bpy.context.scene.collection.objects.unlink(cavities)


class Refiner:
    """Makes a piece fit to be looked at: broken faces and edges rough, the same on both sides of a break; what each surface shows; bricks, splinters and steel that stick out."""

    def __init__(self, job, form, outside, eye, high):
        self.job, self.form, self.outside, self.eye = job, form, outside, eye
        self.step = max(high.z / 60, 0.2)
        self.rough = min(0.28, 0.025 * high.z, 0.5 * job["building"]["wall"])
        # Metres: cracks wind this far to either side at most, over this length.
        self.wind, self.bend = 0.05 * high.z, 0.2 * high.z

    def mesh(self, piece):
        made = bmesh.new()
        made.from_mesh(piece.mesh)
        made.transform(Matrix.Translation(piece.middle))
        self.divide(made, made.edges[:], 14)
        bmesh.ops.triangulate(made, faces=[face for face in made.faces if face.material_index == INSIDE])
        self.divide(made, [edge for edge in made.edges if len(edge.link_faces) == 2 and all(face.material_index == INSIDE for face in edge.link_faces)], 8)
        bmesh.ops.triangulate(made, faces=[face for face in made.faces if face.material_index == INSIDE])
        made.normal_update()
        self.roughen(made)
        self.stick_out(made)
        self.tell(made)
        made.transform(Matrix.Translation(-piece.middle))
        result = finished(made, "piece")
        for material in piece.mesh.materials:
            result.materials.append(material)
        return result

    def divide(self, made, edges, most):
        groups = {}
        for edge in edges:
            cuts = min(most, int(edge.calc_length() / self.step))
            if cuts:
                groups.setdefault(cuts, []).append(edge)
        for cuts, group in sorted(groups.items()):
            bmesh.ops.subdivide_edges(made, edges=[edge for edge in group if edge.is_valid], cuts=cuts)

    def roughen(self, made):
        moves = []
        for vertex in made.verts:
            inner = [face for face in vertex.link_faces if face.material_index == INSIDE]
            if not inner:
                continue
            place = vertex.co
            move = self.form.winding(place, self.wind, noise.noise_vector(place / self.bend + Vector((2, 9, 4))))
            move += self.rough * (0.65 * noise.noise_vector(place * 0.9) + 0.45 * noise.noise_vector(place * 2.9 + Vector((7, 3, 1))))
            kept = []
            for face in vertex.link_faces:
                normal = face.normal
                # What was a surface stays one: its rim moves along it.
                if face.material_index != INSIDE and all(abs(normal.dot(other)) < 0.98 for other in kept):
                    kept.append(normal)
            if len(kept) > 2:
                move = Vector()
            elif len(kept) == 2:
                # Where two meet, along their edge.
                along = kept[0].cross(kept[1]).normalized()
                move = along * move.dot(along)
            elif kept:
                move -= kept[0] * move.dot(kept[0])
            moves.append((vertex, move))
        for vertex, move in moves:
            vertex.co += move
        made.normal_update()

    def stick_out(self, made):
        kind = self.job["building"]["material"]
        # Metres across, along, how many a square metre, how far out.
        size, often = {"brick": ((0.11, 0.22, 0.07), 1.6), "stone": ((0.22, 0.3, 0.2), 0.8), "timber": ((0.05, 0.9, 0.03), 2.2)}.get(kind, ((0.025, 0.8, 0.025), 0.6))
        for face in [face for face in made.faces if face.material_index == INSIDE]:
            chance = often * face.calc_area()
            if random.random() > chance:
                continue
            across, along, up = (value * random.uniform(0.6, 1.15) for value in size)
            out, middle = face.normal, face.calc_center_median()
            if kind == "brick" or kind == "stone":
                axis, side = (Vector((1, 0, 0)), Vector((0, 1, 0))) if abs(out.x) < abs(out.y) else (Vector((0, 1, 0)), Vector((1, 0, 0)))
                axis, side = axis + 0.15 * noise.random_unit_vector(), side + 0.1 * noise.random_unit_vector()
                box(made, middle + out * 0.02, axis.normalized() * along / 2, side.normalized() * across / 2, Vector((0, 0, up / 2)), 1, INSIDE)
            else:
                grain = Vector((0, 0, 1)) if kind == "timber" else out
                axis = (out * 0.9 + grain * math.copysign(0.8, out.z) + 0.5 * noise.random_unit_vector()).normalized()
                if not self.within(middle, axis, along):
                    continue
                side = axis.orthogonal().normalized()
                box(made, middle + axis * along / 3, axis * along / 2, side * across / 2, axis.cross(side) * up / 2, 0.15 if kind == "timber" else 1, INSIDE if kind == "timber" else STUB)

    def within(self, place, axis, length):
        """Whether what sticks out of a broken face lay within the building: nothing comes through a wall that stands."""
        nearest, normal = self.outside.find_nearest(place)[:2]
        return (place - nearest).dot(normal) < -0.02 and self.outside.ray_cast(place, axis, length)[0] is None

    def tell(self, made):
        rest, show, lies = made.verts.layers.float_vector.new("rest"), made.loops.layers.float_vector.new("show"), made.loops.layers.float_vector.new("restn")
        for vertex in made.verts:
            vertex[rest] = vertex.co
        for face in made.faces:
            normal, middle = face.normal, face.calc_center_median()
            # A slope shows a roof however little of it was seen: it would take a wall's picture in its place.
            seen = face.material_index != PLATE or normal.dot((self.eye - middle).normalized()) > (0.03 if 0.3 < normal.z < 0.95 else GRAZES)
            for loop in face.loops:
                loop[show] = loop.vert.co if seen else self.form.folded(loop.vert.co, normal)
                loop[lies] = normal


def box(made, middle, first, second, third, taper, material):
    points = [made.verts.new(middle + a * first + (taper if a > 0 else 1) * (b * second + c * third)) for a in (-1, 1) for b, c in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    for corners in ((0, 1, 2, 3), (7, 6, 5, 4), (0, 4, 5, 1), (1, 5, 6, 2), (2, 6, 7, 3), (3, 7, 4, 0)):
        made.faces.new([points[k] for k in corners]).material_index = material


class Cards:
    """What of the silhouette the form does not cover, a chimney or a mast, as flat cut-outs that go along with the piece they stand on."""

    def __init__(self, job, view, silhouette, building):
        self.job, self.view, self.inverse = job, view, view.matrix_world.inverted()
        self.height, self.width = silhouette.shape
        covered = numpy.zeros_like(silhouette)
        building.data.calc_loop_triangles()
        corners = [self.pixel(building.matrix_world @ vertex.co) for vertex in building.data.vertices]
        for triangle in building.data.loop_triangles:
            self.cover(covered, [corners[k] for k in triangle.vertices])
        # A rim of a pixel and a half is the form's own inaccuracy.
        grown = covered.copy()
        for _ in range(2):
            grown[1:-1, 1:-1] |= grown[:-2, 1:-1] | grown[2:, 1:-1] | grown[1:-1, :-2] | grown[1:-1, 2:]
        self.parts = self.connected(silhouette & ~covered, silhouette & ~grown)

    def pixel(self, place):
        seen = self.inverse @ place
        focal, lift = self.job["camera"]["focalLength"] / self.job["width"] * self.width, (self.job["height"] - self.job["camera"]["middle"]) / self.job["height"] * self.height
        return seen.x / -seen.z * focal + self.width / 2, seen.y / -seen.z * focal + lift, -seen.z

    def place(self, x, y, depth):
        focal, lift = self.job["camera"]["focalLength"] / self.job["width"] * self.width, (self.job["height"] - self.job["camera"]["middle"]) / self.job["height"] * self.height
        return self.view.matrix_world @ Vector(((x - self.width / 2) / focal * depth, (y - lift) / focal * depth, -depth))

    def cover(self, covered, corners):
        (ax, ay, _), (bx, by, _), (cx, cy, _) = corners
        x0, x1 = max(0, int(min(ax, bx, cx))), min(self.width, int(max(ax, bx, cx)) + 2)
        y0, y1 = max(0, int(min(ay, by, cy))), min(self.height, int(max(ay, by, cy)) + 2)
        if x0 >= x1 or y0 >= y1:
            return
        x, y = numpy.meshgrid(numpy.arange(x0, x1) + 0.5, numpy.arange(y0, y1) + 0.5)
        sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax), (cx - bx) * (y - by) - (cy - by) * (x - bx), (ax - cx) * (y - cy) - (ay - cy) * (x - cx)]
        covered[y0:y1, x0:x1] |= ((sides[0] >= 0) & (sides[1] >= 0) & (sides[2] >= 0)) | ((sides[0] <= 0) & (sides[1] <= 0) & (sides[2] <= 0))

    @staticmethod
    def connected(left, sure):
        """Parts that hang together and have at least one pixel clear of the rim."""
        result, seen = [], numpy.zeros_like(left)
        for y, x in zip(*numpy.nonzero(sure)):
            if seen[y, x]:
                continue
            part, stack = [], [(y, x)]
            seen[y, x] = True
            while stack:
                here = stack.pop()
                part.append(here)
                for down, across in ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)):
                    j, i = here[0] + down, here[1] + across
                    if 0 <= j < left.shape[0] and 0 <= i < left.shape[1] and left[j, i] and not seen[j, i]:
                        seen[j, i] = True
                        stack.append((j, i))
            if len(part) >= 6:
                result.append(part)
        return result

    @staticmethod
    def lengths(part):
        """A long thin part, such as the edge of a roof, in lengths that may go different ways."""
        rows, columns = [row for row, _ in part], [column for _, column in part]
        tall, wide = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        thick = len(part) / max(tall, wide)
        if max(tall, wide) < 6 * thick:
            return [part]
        along, begin, step = (0, min(rows), max(6, round(2 * thick))) if tall > wide else (1, min(columns), max(6, round(2 * thick)))
        groups = {}
        for entry in part:
            groups.setdefault((entry[along] - begin) // step, []).append(entry)
        return [groups[k] for k in sorted(groups)]

    def build(self, pieces, materials):
        """A mesh for each part, and the piece that it goes along with."""
        seen = [[self.pixel(corner) for corner in piece.corners] for piece in pieces]
        for part in [length for whole in self.parts for length in self.lengths(whole)]:
            low = min(part)
            foot = [(y, x) for y, x in part if y <= low[0] + 2]
            x, y = sum(entry[1] for entry in foot) / len(foot) + 0.5, low[0]
            # The nearest corner in the picture, of those the one nearest to the camera.
            _, owner, depth = min((math.hypot(px - x, py - y) + 0.5 * depth, k, depth) for k, corners in enumerate(seen) for px, py, depth in corners)
            made = bmesh.new()
            rest, show, lies = made.verts.layers.float_vector.new("rest"), made.loops.layers.float_vector.new("show"), made.loops.layers.float_vector.new("restn")
            rows = {}
            for row, column in part:
                rows.setdefault(row, []).append(column)
            for row, columns in rows.items():
                columns.sort()
                begin = columns[0]
                for column, after in zip(columns, columns[1:] + [None]):
                    if after == column + 1:
                        continue
                    corners = [self.place(px, py, depth) for px, py in ((begin, row), (column + 1, row), (column + 1, row + 1), (begin, row + 1))]
                    points = [made.verts.new(corner) for corner in corners]
                    for point in points:
                        point[rest] = point.co
                    face = made.faces.new(points)
                    for loop in face.loops:
                        loop[show], loop[lies] = loop.vert.co, Vector((0, -1, 0))
                    begin = after
            made.transform(Matrix.Translation(-pieces[owner].middle))
            mesh = finished(made, "card")
            for material in materials:
                mesh.materials.append(material)
            yield owner, mesh
